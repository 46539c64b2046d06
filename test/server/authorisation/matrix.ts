import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '@storefront-support/contract';
import { lendOn } from '../../support/guarded-access.ts';
import { GuardedWorld, type Pass } from '../../support/guarded-world.ts';
import type { ServerBuild } from '../../support/server-build.ts';
import { newDraft, newKeys } from '../../support/ticket-request.ts';
import { ATTEMPTS, NOWHERE, type Cast } from './operations.ts';

/** One line of the table. */
export interface Row {
  operation: string;
  object: string;
  /** By actor. */
  cells: Map<string, string>;
}

const CODES: { [status: string]: string[] } = {
  400: ['invalid-request'],
  401: ['not-signed-in'],
  403: ['origin-not-allowed', 'not-assigned'],
  404: ['not-found'],
  410: ['gone'],
  422: ['invalid-fields'],
};
/** What no answer to the wrong person may hold. */
const CANARIES = { walrus: 'A', heron: 'B', otter: 'A2' } as const;

/** The table of `expected-cells.txt`. */
export function readRows(): Row[] {
  const table = readFileSync(new URL('expected-cells.txt', import.meta.url), 'utf8');
  const [header = '', ...lines] = table.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const actors = header.split(/\s+/).slice(2);
  return lines.map((line) => {
    const [operation = '', object = '', ...cells] = line.trim().split(/\s+/);
    const all = cells[0] === 'all' ? actors.map(() => cells[1]) : cells;
    assert.equal(all.length, actors.length, line);
    return { operation, object, cells: new Map(actors.map((actor, index) => [actor, all[index] ?? ''])) };
  });
}

/** Everybody, with something of their own to be guarded. */
export async function openCast(server: ServerBuild): Promise<Cast> {
  const world = await GuardedWorld.open(server);
  await mkdir(path.join(world.folder, 'c'));
  for (const name of ['embed.js', 'embed.classic.js']) await writeFile(path.join(world.folder, name), 'export {};');
  await writeFile(path.join(world.folder, 'c/part-AAAAAAAA.js'), 'export {};');
  const A = await world.guard('one', 'walrus', 'ann@customer.example');
  const B = await world.guard('one', 'heron', 'bob@customer.example', 'billing');
  const A2 = await world.guard('two', 'otter', 'ann@customer.example');
  const linkA = await world.person(A);
  const linkA2 = await world.person(A2);
  const devA = await world.device('one', A);
  const agent = await world.agent('agent', [{ deskId: 'one', contactId: 'service' }]);
  const other = await world.agent('other', [{ deskId: 'one', contactId: 'billing' }]);
  const agent2 = await world.agent('agent2', [{ deskId: 'two', contactId: 'service' }]);
  const admin = await world.agent('admin', 'admin');
  A.access = await lendOn(world, A, agent, admin);
  B.access = await lendOn(world, B, other, admin);
  A2.access = await lendOn(world, A2, agent2, admin);
  const heldToken = newKeys().secret;
  const deviceId = 'd'.repeat(22);
  await world.ports.store.write.run(async (trx) => {
    const draft = newDraft({ requester: { name: 'walrus', email: 'walrus@customer.example' }, subject: 'walrus', message: 'walrus' });
    const held = {
      deskId: 'one',
      id: 'held',
      tokenHash: server.hashSecret(heldToken),
      secretHash: 's',
      requestHash: 'r',
      addressHash: 'a',
    };
    const times = { createdAt: world.ports.now(), expiresAt: world.ports.now() + 1_000 };
    await trx
      .insertInto('heldTicket')
      .values({
        ...held,
        mailboxHash: 'm',
        waitingFor: 'm',
        state: 'held',
        draft: JSON.stringify(draft),
        locale: 'en',
        fileBytes: 0,
        ...times,
      })
      .execute();
    const device = { deskId: 'one', id: deviceId, agentId: agent.id, name: 'theirs', recipient: 'age1theirs', state: 'enrolled' as const };
    await trx
      .insertInto('vaultDevice')
      .values({ ...device, createdAt: 1, enrolledAt: 1 })
      .execute();
    for (const epoch of [1, 2]) {
      const identity = { deskId: 'one', epoch, wrapped: 'd3JhcHBlZA==', devices: JSON.stringify([deviceId]), revision: 1, updatedAt: 1 };
      await trx.insertInto('teamIdentity').values(identity).execute();
    }
  });
  const cookie = (of: { cookie: string; vault: string }): Pass => ({ cookie: of.cookie, vault: of.vault });
  const key = (of: { token: string }): Pass => ({ token: of.token });
  const actors: Cast['actors'] = {
    anon: {},
    secA: { token: A.keys.secret },
    secB: { token: B.keys.secret },
    devA: { token: devA },
    devB: { token: await world.device('one', B) },
    linkA: { token: linkA.token },
    linkB: { token: (await world.person(B)).token },
    jwtA: { token: await world.namedByShop('one', { name: 'walrus', email: 'ann@customer.example' }) },
    jwtB: { token: await world.namedByShop('one', { name: 'heron', email: 'bob@customer.example' }) },
    devA2: { token: await world.device('two', A2) },
    linkA2: { token: linkA2.token },
    agent: cookie(agent),
    other: cookie(other),
    agent2: cookie(agent2),
    admin: cookie(admin),
    key: key(agent),
    keyOth: key(other),
    key2: key(agent2),
    keyAdm: key(admin),
  };
  const { read, write } = world.ports.store;
  const devRow = await read.selectFrom('session').select('id').where('tokenHash', '=', server.hashSecret(devA)).executeTakeFirstOrThrow();
  const sessionRow = await read
    .selectFrom('agentSession')
    .select('id')
    .where('agentId', '=', agent.id)
    .where('place', '=', 'inbox')
    .executeTakeFirstOrThrow();
  const passkeyId = 'passkey-of-agent';
  await write.run((trx) =>
    trx
      .insertInto('passkey')
      .values({
        id: passkeyId,
        agentId: agent.id,
        publicKey: 'x',
        counter: 0,
        transports: '[]',
        name: 'theirs',
        createdAt: 1,
        lastUsedAt: null,
      } as never)
      .execute(),
  );
  world.remember();
  return {
    world,
    actors,
    tickets: { A, B, A2 },
    heldToken,
    sessionIds: { devA: devRow.id, linkA: linkA.session.id, linkA2: linkA2.session.id },
    agent: { sessionId: sessionRow.id, keyId: agent.keyId, passkeyId, deviceId },
  };
}

/** What differs from the table in one row; empty: nothing. Every cell is asked for, and the world is put back after each. */
export async function checkRow(cast: Cast, row: Row): Promise<string[]> {
  const problems: string[] = [];
  for (const [actor, expected] of row.cells) {
    const found = await tryCell(cast, row, actor, expected).catch((error: unknown) => `failed: ${String(error)}`);
    if (found !== null) problems.push(`${row.operation} ${row.object} by ${actor}: expected ${expected}, ${found}`);
  }
  return problems;
}

async function tryCell(cast: Cast, { operation, object }: Row, actor: string, expected: string): Promise<string | null> {
  const { world } = cast;
  const make = ATTEMPTS[operation];
  const pass = cast.actors[actor];
  if (!make || !pass) throw new Error('the table names what there is not');
  const attempt = make(cast, object);
  const [version, published, blobs] = [world.version, world.published, await world.blobs()];
  const answer = await world.request(attempt, pass);
  const seen = await readAnswer(answer, operation);
  const written = world.version !== version ? world.changedSince(world.start) : [];
  const elsewhere = [
    ...(world.published !== published ? ['events'] : []),
    ...((await world.blobs()).join() !== blobs.join() ? ['files'] : []),
  ];
  const changed = [...written, ...elsewhere];
  if (written.length > 0) world.restore();
  if (/^\/v1\/(agent|desks\/\w+)\//.test(attempt.path) && !answer.headers.get('Cache-Control')?.includes('no-store'))
    return `a cache may keep the answer (${answer.status})`;
  const shown = [...Object.entries(CANARIES)].filter(([canary]) => seen.includes(canary)).map(([, name]) => name as string);
  for (const [name, { number }] of Object.entries(cast.tickets)) if (seen.includes(number) && !shown.includes(name)) shown.push(name);
  const facts = `got ${answer.status}, showing ${shown.join() || 'nothing'}, changing ${changed.join() || 'nothing'}: ${seen.slice(0, 200)}`;
  const done = answer.status === attempt.status;
  const still = changed.length === 0;
  if (/^\d+$/.test(expected)) {
    const code = attempt.method === 'HEAD' ? undefined : (JSON.parse(seen.split('\n\n')[1] || '{}') as Partial<Problem>).code;
    const right = String(answer.status) === expected && (code === undefined ? attempt.method === 'HEAD' : CODES[expected]?.includes(code));
    return right && still && shown.length === 0 ? null : facts;
  }
  if (expected === '-') return done && still && shown.length === 0 ? null : facts;
  if (expected !== 'ok') return done && still && shown.sort().join('+') === expected ? null : facts;
  const mine = shown.every((name) => name === object.split(':').at(-1) || name === object.split(':')[0] || /^(one|two|self)$/.test(object));
  const effect = attempt.reads ? still : !still || CHANGES_NOTHING.has(operation);
  return done && mine && effect ? null : facts;
}

const CHANGES_NOTHING = new Set(['getUploadOffset', 'getUploadAbilities', 'getUploadAbilitiesOfOne', 'followTickets']);

/** Headers and what has come of the body; of a stream its beginning. */
async function readAnswer(answer: Response, operation: string): Promise<string> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  if (operation !== 'followTickets' || answer.status !== 200) return `${headers}\n\n${await answer.text()}`;
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return `${headers}\n\n${new TextDecoder().decode(first?.value as Uint8Array | undefined)}`;
}

/** Status, headers in their order and body of an answer, without what no two answers have alike. */
export async function faceOf(answer: Response): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return JSON.stringify([answer.status, headers, await answer.text()]);
}

/** A pair of requests by one actor: for what is not theirs, and for what is not there. */
export interface Twins {
  title: string;
  forbidden: () => Promise<Response>;
  missing: () => Promise<Response>;
}

/** Every refusal of the table that must look as if there were nothing. */
export function twinsOf(cast: Cast, rows: readonly Row[]): Twins[] {
  return rows.flatMap(({ operation, object, cells }) =>
    [...cells].flatMap(([actor, expected]): Twins[] => {
      const make = ATTEMPTS[operation];
      const pass = cast.actors[actor];
      if (expected !== '404' || !make || !pass) return [];
      const [name = '', below] = object.split(':');
      // where the ticket is one's own, the file is what is missing
      const own =
        below !== undefined && rows.some((row) => row.operation === operation && row.object === name && row.cells.get(actor) === 'ok');
      const nothing = own ? `${name}:nothing` : name === 'A2' && !operation.includes('Upload') ? 'none2' : 'none';
      const ask = (of: string) => async () => {
        const attempt = make(nothing === 'none2' ? onDeskTwo(cast) : cast, of);
        return cast.world.request({ ...attempt, headers: { ...attempt.headers, ...sameKey(attempt.headers) } }, pass);
      };
      return [{ title: `${operation} ${object} by ${actor}`, forbidden: ask(object), missing: ask(nothing) }];
    }),
  );
}

/** What does not exist there does not exist on desk two. */
function onDeskTwo(cast: Cast): Cast {
  const A2 = cast.tickets['A2'];
  if (!A2) return cast;
  const nothing = { ...A2, number: NOWHERE, fileId: 'x'.repeat(43), messageId: 'nothing' };
  return { ...cast, tickets: { ...cast.tickets, none2: nothing } };
}

const KEYS = newKeys();

function sameKey(headers: Record<string, string> | undefined): Record<string, string> {
  return headers?.['Idempotency-Key'] === undefined ? {} : { 'Idempotency-Key': KEYS.idempotencyKey };
}
