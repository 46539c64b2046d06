import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { makeKeyPair } from '@storefront-support/vault/device-keys';
import { checkDraft, draftProblems } from '@storefront-support/vault/draft';
import { readAccess } from '@storefront-support/vault/kinds';
import { openAccess, openFile, splitBody } from '@storefront-support/vault/open';
import { resealFile } from '@storefront-support/vault/reseal';
import { describeFile, sealAccess } from '@storefront-support/vault/seal';
import { Secret } from '@storefront-support/vault/secret';
import { enrol, openTeamKey, wrapTeamKey } from '@storefront-support/vault/team';
import { bind, makeTeam } from '../support/vault-team.ts';

const CANARY = 'canary-7Q2x';

/** Everything that a log, a screen or an error report could make of a value. */
function tellings(value: unknown): string {
  const error = value instanceof Error ? [value.message, value.stack, inspect(value.cause)] : [];
  const written = [inspect(value, { depth: 20, showHidden: true, getters: true }), JSON.stringify(value), String(value as string)];
  let cloned: unknown;
  try {
    cloned = structuredClone(value);
  } catch {
    // functions cannot be cloned, and so tell nothing
  }
  return [...error, ...written, inspect(cloned, { depth: 20 }), `${value as string}`].join('\n');
}

describe('a secret', () => {
  it('is told to nobody but who asks for it by name', () => {
    const secret = new Secret(CANARY);
    assert.equal(secret.reveal(), CANARY);
    const wrapped = { secret, list: [secret], map: new Map([['a', secret]]) };
    for (const value of [secret, wrapped, new Error(`at ${String(secret)}`, { cause: secret })])
      assert.doesNotMatch(tellings(value), /canary/);
    assert.equal(String(secret), '[secret]');
    assert.equal(`${secret as unknown as string}`, '[secret]');
    assert.equal(JSON.stringify({ secret }), '{"secret":"[secret]"}');
    assert.equal(inspect(wrapped).includes('canary'), false);
    assert.deepEqual([Object.keys(secret), Object.getOwnPropertyNames(secret)], [[], []]);
  });
});

describe('what fails', () => {
  it('says nothing of what was typed, sealed or opened, and nothing is printed', async () => {
    const told: string[] = [];
    const printed: unknown[] = [];
    const originals = { ...console };
    for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
      console[name] = (...words: unknown[]) => void printed.push(...words);
    const hear = async (attempt: () => unknown) => {
      try {
        await attempt();
      } catch (error) {
        told.push(tellings(error));
      }
    };
    try {
      const team = await makeTeam();
      const stranger = await makeKeyPair();
      const draft = {
        kind: 'ssh',
        auth: 'password',
        host: `${CANARY}.example`,
        user: CANARY,
        password: CANARY,
        label: CANARY,
        note: CANARY,
      };
      const expected = { ...bind, epoch: 1 };

      for (const bad of [
        { ...draft, host: `ssh://${CANARY}` },
        { ...draft, password: '' },
        { ...draft, port: CANARY },
        { ...draft, auth: 'private-key', privateKey: CANARY },
        { ...draft, kind: CANARY },
        { ...draft, auth: CANARY },
        { ...draft, note: CANARY.repeat(1000) },
        { kind: 'other', fields: [{ name: CANARY, value: CANARY, secret: CANARY }, CANARY] },
        CANARY,
      ]) {
        await hear(() => checkDraft(bad));
        told.push(tellings(draftProblems(bad)), tellings(readAccess(bad)));
      }
      const { body } = await sealAccess(bind, checkDraft(draft), team.manifest);
      const opened = await openAccess(body, [team.key.identity], expected);
      told.push(tellings(opened), tellings(opened.rows), tellings(opened.data));
      await hear(() => openAccess(body, [stranger.identity], expected));
      await hear(() => openAccess(body.subarray(0, -1), [team.key.identity], expected));
      await hear(() => openAccess(body, [team.key.identity], { ...expected, ticket: 'other' }));
      await hear(() => openAccess(body, [`${stranger.identity.reveal()}${CANARY}`], expected));
      await hear(() => resealFile(body, [stranger.identity], team.manifest));
      await hear(() => sealAccess(bind, checkDraft({ ...draft, label: undefined }), team.manifest, new TextEncoder().encode(CANARY)));

      const notJson = new TextEncoder().encode(`{"${CANARY}": ${CANARY}}`);
      const lent = await sealAccess(bind, checkDraft(await describeFile(notJson, 'a', '')), team.manifest, notJson);
      const { record, file } = splitBody(lent.body, lent.fileBytes);
      await hear(() => openAccess(file as Uint8Array, [team.key.identity], expected));
      await hear(() => openTeamKey(file as Uint8Array, [team.key.identity]));
      await hear(async () => openFile(record, [team.key.identity], await openAccess(record, [team.key.identity], expected)));

      const wrapped = await wrapTeamKey(team.key, [{ name: 'Ann', recipient: stranger.recipient }]);
      const newcomer = { name: CANARY, recipient: stranger.recipient };
      await hear(() => enrol({ file: wrapped, identities: [stranger.identity], trusted: team.key.recipient, newcomer, code: CANARY }));
      told.push(tellings(team.key), tellings(stranger));

      assert.ok(told.length >= 25, `${told.length} tellings`);
      for (const text of told) {
        assert.doesNotMatch(text, /canary/i);
        for (const { identity } of [team.key, stranger]) assert.ok(!text.includes(identity.reveal().slice(16, 40)), text);
      }
      assert.deepEqual(printed, []);
    } finally {
      Object.assign(console, originals);
    }
  });
});
