import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { VaultErrorCode } from '@storefront-support/contract';
import { splitAgeFile } from '@storefront-support/vault/age-header';
import { checkDraft } from '@storefront-support/vault/draft';
import { failureOf, openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { makeTeamKey } from '@storefront-support/vault/team';
import { drafts } from '../support/access-drafts.ts';
import { bind, codeOf, makeTeam } from '../support/vault-team.ts';

const VERSION_LINE = 22;
const CHUNK = 65_536 + 16;

describe('a file that was changed after it was sealed', () => {
  let team: Awaited<ReturnType<typeof makeTeam>>;
  let small: Uint8Array;
  let large: Uint8Array;
  let describes: Awaited<ReturnType<typeof openAccess>>;
  const open = (file: Uint8Array, identities = [team.key.identity]) => codeOf(openFile(file, identities, describes));

  before(async () => {
    team = await makeTeam();
    const content = new TextEncoder().encode('a small file');
    const sealed = await sealAccess(bind, checkDraft(await describeFile(content, 'a', '')), team.manifest, content);
    const body = splitBody(sealed.body, sealed.fileBytes);
    small = body.file as Uint8Array;
    describes = await openAccess(body.record, [team.key.identity], { ...bind, epoch: 1 });
    const bytes = new Uint8Array(200_000).fill(7);
    const big = await sealAccess(bind, checkDraft(await describeFile(bytes, 'a', '')), team.manifest, bytes);
    large = splitBody(big.body, big.fileBytes).file as Uint8Array;
  });

  it('is refused for every bit that is turned, with the code of the place', async () => {
    assert.ok(small.length < 230, `${small.length} bytes`);
    const { header } = splitAgeFile(small);
    const seen = new Set<VaultErrorCode>();
    for (let bit = 0; bit < small.length * 8; bit++) {
      const changed = new Uint8Array(small);
      const place = bit >> 3;
      changed[place] = (changed[place] as number) ^ (1 << (bit & 7));
      const code = await open(changed);
      const right: (VaultErrorCode | undefined)[] =
        place < VERSION_LINE ? ['not-age'] : place < header.length ? ['wrong-key', 'unknown-stanza', 'tampered'] : ['tampered'];
      assert.ok(right.includes(code), `bit ${bit}: ${code}`);
      seen.add(code as VaultErrorCode);
    }
    assert.deepEqual([...seen].sort(), ['not-age', 'tampered', 'unknown-stanza', 'wrong-key']);
  });

  it('is refused at every length it is cut to', async () => {
    for (let length = 0; length < small.length; length++) {
      const code = await open(small.slice(0, length));
      assert.equal(code, length < VERSION_LINE ? 'not-age' : 'tampered', `${length} bytes`);
    }
  });

  it('is refused with anything behind it', async () => {
    for (const extra of [[0], [0x0a], [...small], new Array<number>(CHUNK).fill(0)]) {
      assert.equal(await open(Uint8Array.from([...small, ...extra])), 'tampered');
    }
    assert.equal(await open(Uint8Array.from([...large, 0])), 'tampered');
  });

  it('is refused when it is cut between chunks, or they have changed places', async () => {
    const { header } = splitAgeFile(large);
    const start = header.length + 16;
    const chunk = (i: number) => large.slice(start + i * CHUNK, start + (i + 1) * CHUNK);
    const parts = [large.slice(0, start), chunk(0), chunk(1), chunk(2), chunk(3)] as const;
    const [head, one, two, three, last] = parts;
    const made = (...order: Uint8Array[]) => Uint8Array.from(Buffer.concat(order));
    assert.equal(await open(made(head, one, two, three)), 'tampered');
    assert.equal(await open(made(head, two, one, three, last)), 'tampered');
    assert.equal(await open(made(head, one, one, two, three, last)), 'tampered');
    assert.equal(await open(made(head)), 'tampered');
  });

  it('is refused with the header of another file, and is no age file without one', async () => {
    const { header, payload } = splitAgeFile(large);
    const other = splitAgeFile(small);
    assert.equal(await open(Uint8Array.from([...other.header, ...payload.slice(0, 100)])), 'tampered');
    assert.equal(await open(payload), 'not-age');
    assert.equal(await open(header), 'tampered');
  });

  it('is told apart from a key that is not the right one', async () => {
    const stranger = await makeTeamKey(1);
    assert.equal(await open(small, [stranger.identity]), 'wrong-key');
    assert.equal(await open(small, []), 'wrong-key');
    assert.equal(await open(small, [stranger.identity, team.key.identity]), undefined);
    assert.equal(await open(small, [team.key.identity, stranger.identity]), undefined);
  });

  it('is acknowledged to the server as one of three failures', async () => {
    assert.deepEqual(
      (
        [
          'wrong-key',
          'bind-mismatch',
          'tampered',
          'not-age',
          'unknown-stanza',
          'header-too-large',
          'not-a-record',
          'file-mismatch',
        ] as const
      ).map(failureOf),
      ['wrong-key', 'bind-mismatch', 'tampered', 'tampered', 'tampered', 'tampered', 'tampered', 'tampered'],
    );
    assert.equal(failureOf('browser-too-old'), undefined);
  });
});

describe('a record', () => {
  it('is refused for another desk, ticket, request, record, time, count or page than it was sealed for', async () => {
    const team = await makeTeam();
    const expected = { ...bind, epoch: 1 };
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    const open = (changes: object) => codeOf(openAccess(body, [team.key.identity], { ...expected, ...changes }));
    for (const change of [
      { desk: 'other' },
      { ticket: '2026-0002' },
      { request: 'request-2' },
      { record: 'BBBBBBBBBBBBBBBBBBBBBB' },
      { createdAt: '2026-11-22T12:00:01Z' },
      { maxReveals: 2 },
      { origin: 'https://evil.example' },
      { epoch: 0 },
    ]) {
      assert.equal(await open(change), 'bind-mismatch', JSON.stringify(change));
    }
    assert.equal(await open({ expiresAt: '2026-12-01T12:00:00Z', epoch: 3 }), undefined, 'what may change later');
  });

  it('is refused when something else is inside', async () => {
    const team = await makeTeam();
    const content = new TextEncoder().encode('{"v":1}');
    const sealed = await sealAccess(bind, checkDraft(await describeFile(content, 'a', '')), team.manifest, content);
    const { file } = splitBody(sealed.body, sealed.fileBytes);
    assert.equal(await codeOf(openAccess(file as Uint8Array, [team.key.identity], { ...bind, epoch: 1 })), 'not-a-record');
  });
});
