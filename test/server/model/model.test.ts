import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { newDatabase, skipPostgres } from '../../support/postgres.ts';
import { loadPatchedServer, loadServer, type ServerBuild } from '../../support/server-build.ts';
import { Difference, runModel, shrink, stepsOf, type Step } from './model-run.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

/** `npm run test:long` takes 20,000 of them. Each costs four times as much over a socket. */
const STEPS = { SQLite: Number(process.env['STEPS'] ?? 1_500), Postgres: Number(process.env['STEPS'] ?? 400) };
/** Databases side by side, each with its part of the steps: one that is asked over a socket leaves time for others. */
const LANES = { SQLite: 1, Postgres: 4 };
const BUG_STEPS = 4_000;
const SHRINK_MS = 20_000;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Nothing here is about disks. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

type Engine = 'SQLite' | 'Postgres';

async function run(server: ServerBuild, engine: Engine, steps: readonly Step[]): Promise<Difference | null> {
  const folder = await mkdtemp(path.join(MEMORY, 'storefront-model-'));
  const store = engine === 'SQLite' ? await server.openSqlStore(folder) : await server.openPostgresStore(await newDatabase());
  try {
    await runModel(server, store, steps);
    return null;
  } catch (error) {
    if (error instanceof Difference) return error;
    throw error;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The difference, and as few steps as lead to one. */
async function report(server: ServerBuild, engine: Engine, steps: readonly Step[], found: Difference): Promise<string> {
  const prefix = steps.slice(0, found.step + 1);
  const fewest = await shrink(prefix, async (fewer) => (await run(server, engine, fewer)) !== null, SHRINK_MS);
  const lines = fewest.map(({ kind, dice }) => `  ${kind} ${dice.join(' ')}`).slice(-40);
  return `SEED=${SEED}, step ${found.step}: ${found.message}\n${fewest.length} steps lead to a difference:\n${lines.join('\n')}`;
}

describe('tickets, threads and sessions', () => {
  for (const engine of ['SQLite', 'Postgres'] as const) {
    it(`are what the model says, on ${engine}`, { skip: engine === 'Postgres' && skipPostgres }, async (t) => {
      const server = await loadServer();
      const lanes = Array.from({ length: LANES[engine] }, (_, lane) => stepsOf(SEED + lane, STEPS[engine] / LANES[engine]));
      const began = performance.now();
      const found = await Promise.all(lanes.map((steps) => run(server, engine, steps)));
      t.diagnostic(`SEED=${SEED}, ${STEPS[engine]} steps, ${((performance.now() - began) / 1000).toFixed(1)} s`);
      for (const [lane, steps] of lanes.entries()) if (found[lane]) assert.fail(await report(server, engine, steps, found[lane]));
    });
  }
});

describe('a planted bug', () => {
  for (const bug of PLANTED_BUGS) {
    it(`is found: ${bug.name}`, async (t) => {
      const { server, remove } = await loadPatchedServer(bug);
      try {
        const found = await run(server, 'SQLite', stepsOf(SEED, BUG_STEPS));
        assert.ok(found, `SEED=${SEED}: ${BUG_STEPS} steps see nothing`);
        t.diagnostic(`SEED=${SEED}: after ${found.step + 1} steps`);
      } finally {
        await remove();
      }
    });
  }
});
