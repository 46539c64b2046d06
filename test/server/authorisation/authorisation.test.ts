import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadPatchedServer, loadServer } from '../../support/server-build.ts';
import { checkRow, faceOf, openCast, readRows, twinsOf, type Twins } from './matrix.ts';
import { ATTEMPTS, type Cast } from './operations.ts';
import { PLANTED_HOLES, TELLTALE } from './planted-holes.ts';

const ROWS = readRows();

describe('authorisation', () => {
  let cast: Cast;

  before(async () => {
    cast = await openCast(await loadServer());
  });
  after(() => cast.world.close());

  it('has a row for every operation that the server describes, and for no other', async () => {
    const answer = await cast.world.request({ method: 'GET', path: '/openapi.json' });
    const { paths } = (await answer.json()) as { paths: { [path: string]: { [method: string]: { operationId: string } } } };
    const described = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    assert.deepEqual([...new Set(ROWS.map(({ operation }) => operation))].sort(), described.sort());
    assert.deepEqual(Object.keys(ATTEMPTS).sort(), described.sort());
  });

  it('names each actor and each pair of operation and object once', () => {
    const names = ROWS.map(({ operation, object }) => `${operation} ${object}`);
    assert.equal(new Set(names).size, names.length);
    for (const { cells } of ROWS) assert.deepEqual([...cells.keys()], Object.keys(cast.actors));
  });

  for (const operation of new Set(ROWS.map((row) => row.operation))) {
    it(`of ${operation} is as the table says`, async () => {
      const problems = [];
      for (const row of ROWS.filter((one) => one.operation === operation)) problems.push(...(await checkRow(cast, row)));
      assert.deepEqual(problems, []);
    });
  }

  it('refuses what is another’s as it does what does not exist: status, headers, body and questions to the database', async () => {
    const all = twinsOf(cast, ROWS);
    assert.ok(all.length > 400);
    assert.deepEqual(await differing(cast, all), []);
  });
});

/** Titles of twins that can be told apart. */
async function differing({ world }: Cast, all: readonly Twins[]): Promise<string[]> {
  const found: string[] = [];
  for (const { title, forbidden, missing } of all) {
    const faces: string[] = [];
    const asked = [];
    for (const ask of [forbidden, missing]) asked.push(await world.asked(async () => faces.push(await faceOf(await ask()))));
    if (faces[0] !== faces[1]) found.push(`${title}: ${faces.join(' and ')}`);
    else if (asked[0]?.join('\n') !== asked[1]?.join('\n'))
      found.push(`${title}: ${asked.map((one) => one.length).join(' and ')} questions`);
  }
  return found;
}

describe('a planted hole', () => {
  for (const hole of PLANTED_HOLES) {
    it(`is noticed: ${hole.name}`, async () => {
      const { server, remove } = await loadPatchedServer(hole);
      const cast = await openCast(server);
      try {
        const problems = [];
        for (const row of ROWS.filter(({ operation }) => hole.operations.includes(operation)))
          problems.push(...(await checkRow(cast, row)));
        assert.ok(problems.length > 0, 'the table is as green as without it');
      } finally {
        await cast.world.close();
        await remove();
      }
    });
  }

  it(`is noticed: ${TELLTALE.name}`, async () => {
    const { server, remove } = await loadPatchedServer(TELLTALE);
    const cast = await openCast(server);
    try {
      const rows = ROWS.filter(({ operation }) => operation === 'getTicket');
      assert.ok((await differing(cast, twinsOf(cast, rows))).length > 0);
    } finally {
      await cast.world.close();
      await remove();
    }
  });
});
