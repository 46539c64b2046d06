import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as lifecycle from '@storefront-support/contract/access-lifecycle';
import { ACCESS } from '@storefront-support/contract/access-record';
import { BrokenPromise, leadLives, type Lifecycle } from '../support/access-lives.ts';

const RUNS = 6_000;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const DIST = fileURLToPath(new URL('../../packages/contract/dist/', import.meta.url));

/** Each is one line of the reducer, wrong. */
const PLANTED_BUGS: { name: string; text: string; replacement: string }[] = [
  { name: 'an end has a way out', text: "if (facts.state !== 'active')", replacement: "if (facts.state === 'never')" },
  { name: 'time is not looked at', text: 'const facts = recordAtTime(before, moment, events);', replacement: 'const facts = before;' },
  { name: 'two may have it open', text: 'if (facts.lease)', replacement: 'if (facts.lease?.agentId === command.agentId)' },
  { name: 'an old second factor is enough', text: '> ACCESS.secondFactorMs', replacement: '> 2 * ACCESS.secondFactorMs' },
  {
    name: 'an agent may have it last longer',
    text: "if (command.by !== 'requester' && command.expiresAt > facts.expiresAt)",
    replacement: "if (command.by === 'nobody' && command.expiresAt > facts.expiresAt)",
  },
  {
    name: 'what nobody acknowledges does not count',
    text: "return facts.lease?.purpose === 'rewrap' ? free : used(free, happening);",
    replacement: 'return free;',
  },
  { name: 'failures are given back for ever', text: 'if (facts.failures >= ACCESS.failuresMax)', replacement: 'if (facts.failures < 0)' },
  {
    name: 'a closed ticket ends nothing',
    text: 'ticketClosedAt === null ? null : ticketClosedAt',
    replacement: 'true ? null : ticketClosedAt',
  },
  { name: 'an offer takes records at once', text: "return facts.state === 'asked' ?", replacement: "return facts.state !== 'answered' ?" },
];

/** The built reducer with one line of it replaced. */
async function patched({
  name,
  text,
  replacement,
}: (typeof PLANTED_BUGS)[number]): Promise<{ module: Lifecycle; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-lifecycle-'));
  const source = await readFile(path.join(DIST, 'access-lifecycle.js'), 'utf8');
  assert.equal(source.split(text).length, 2, `"${name}": the line is not there once`);
  const whole = source
    .replace(text, () => replacement)
    .replace('./access-record.js', pathToFileURL(path.join(DIST, 'access-record.js')).href);
  const file = path.join(folder, 'access-lifecycle.mjs');
  await writeFile(file, whole);
  return { module: (await import(pathToFileURL(file).href)) as Lifecycle, remove: () => rm(folder, { recursive: true }) };
}

describe('the life of what is lent', () => {
  it('keeps every promise, whatever happens to it', (t) => {
    const { steps, recordStates, requestStates, refusals } = leadLives(lifecycle, SEED, RUNS);
    t.diagnostic(`SEED=${SEED}: ${RUNS} runs, ${steps} steps`);
    assert.deepEqual([...recordStates].sort(), ['active', 'closed', 'consumed', 'expired', 'revoked', 'superseded']);
    assert.deepEqual([...requestStates].sort(), ['answered', 'asked', 'declined', 'expired', 'offered', 'withdrawn']);
    const needed = [
      'busy',
      'epoch-old',
      'expiry-too-long',
      'expiry-too-short',
      'gone',
      'not-assigned',
      'request-closed',
      'second-factor-needed',
    ];
    assert.deepEqual([...refusals].filter((code) => code !== 'invalid-fields').sort(), needed);
  });

  it('begins between an hour and 30 days, give or take a wrong clock', () => {
    const problem = (ms: number) => lifecycle.expiryProblem(ms, 0);
    const { expiryMinMs, expiryMaxMs, clockToleranceMs } = ACCESS;
    assert.deepEqual([problem(expiryMinMs - clockToleranceMs), problem(expiryMaxMs + clockToleranceMs)], [null, null]);
    assert.equal(problem(expiryMinMs - clockToleranceMs - 1), 'expiry-too-short');
    assert.equal(problem(expiryMaxMs + clockToleranceMs + 1), 'expiry-too-long');
  });
});

describe('a planted bug in it', () => {
  for (const bug of PLANTED_BUGS) {
    it(`is found: ${bug.name}`, async (t) => {
      const { module, remove } = await patched(bug);
      try {
        assert.throws(
          () => leadLives(module, SEED, RUNS),
          (error: unknown) => {
            if (error instanceof BrokenPromise) t.diagnostic(error.message.slice(0, 120));
            return error instanceof BrokenPromise;
          },
        );
      } finally {
        await remove();
      }
    });
  }
});
