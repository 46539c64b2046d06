import { readFile } from 'node:fs/promises';
import { splitAgeFile } from '../age/age-header.js';
import { isSupportError } from '@storefront-support/contract';
import { recipientsOf, verifyManifest, type VerifiedManifest } from '../manifest.js';
import { openFile, readSealed, type OpenedAccess } from '../open.js';
import { resealBody, resealFile } from '../reseal.js';
import { Secret } from '../secret.js';
import type { Command, Given } from './command.js';
import { readTeamIdentities } from './identity-file.js';
import { keyFile, readBytes, type TeamFile } from './team-folder.js';
import { CannotBeDone, UsageError } from './usage-error.js';
import { VaultSession } from './vault-session.js';

const IDENTITY = { value: 'FILE', help: 'your age identity, or one of the team’s' };
const TEAM_KEY = { value: 'FILE', help: 'team-N.age, if your identity is that of a device; may be given more than once' };

const check: Command = {
  name: 'check',
  words: [],
  summary: 'verify a published manifest as a customer’s browser does',
  options: {
    manifest: { value: 'FILE', help: 'manifest.json; its signature is beside it, with .sig behind the name' },
    desk: { value: 'ID', help: 'the desk it is shown at' },
    root: { value: 'SHA256:…', help: 'whose signature is trusted; may be given more than once' },
    pin: { value: 'SHA256:…', help: 'as vault-pin has it' },
  },
  async run({ needed, text, all, now }) {
    const place = needed('manifest');
    if (!all('root').length) throw new UsageError('--root is needed.');
    const signature = new TextDecoder().decode(await readBytes(`${place}.sig`));
    const checks = { desk: needed('desk'), roots: all('root'), pin: text('pin'), now };
    const { team, seq, notAfter, recipients, signer } = await verifyManifest(await readBytes(place), signature, checks);
    return [
      `Good: manifest ${seq} of "${team}", signed by ${signer}, until ${notAfter}.`,
      ...recipients.map(({ epoch, recipient }) => `key ${epoch}  ${recipient}`),
    ];
  },
};

const open: Command = {
  name: 'open',
  words: ['RECORD'],
  summary: 'print what is inside a sealed record, as JSON',
  help: ['The same with age alone: age -d -i TEAM_IDENTITY RECORD'],
  options: {
    identity: IDENTITY,
    'team-key': TEAM_KEY,
    file: { value: 'FILE', help: 'the second age file of the record: what is inside is written to --out' },
    out: { value: 'FILE', help: 'where the lent file is written; it must not be there yet' },
  },
  async run(given) {
    const { words, needed, text, all, folder } = given;
    const identities = await readTeamIdentities(needed('identity'), all('team-key'));
    const { bind, data } = await readSealed(await readBytes(words[0] ?? ''), identities);
    const lent = text('file');
    if (lent !== undefined) {
      const out = needed('out');
      const bytes = await openFile(await readBytes(lent), identities, { data: new Secret(data) } as OpenedAccess);
      await folder.writeNew(out, bytes);
    }
    return [JSON.stringify({ v: 1, bind, data }, null, 2)];
  },
};

const split: Command = {
  name: 'split',
  words: ['BODY'],
  summary: 'take the body of a record with a file apart into its two age files',
  options: { 'file-bytes': { value: 'N', help: 'length of the second one, as the record says' } },
  async run({ words: [body = ''], needed, folder }) {
    const bytes = await readBytes(body);
    const length = Number(needed('file-bytes'));
    if (!Number.isInteger(length) || length < 1 || length >= bytes.length)
      throw new UsageError(`--file-bytes is a number below ${bytes.length}.`);
    const parts = { record: bytes.subarray(0, -length), file: bytes.subarray(-length) };
    for (const part of Object.values(parts)) splitAgeFile(part);
    for (const [name, part] of Object.entries(parts)) await folder.writeNew(`${body}.${name}.age`, part);
    return [`${body}.record.age`, `${body}.file.age`];
  },
};

const reseal: Command = {
  name: 'reseal',
  words: ['FILE…'],
  summary: 'seal age files of active records anew, for the newest key of the team',
  help: ['Each is written beside itself, with .new behind its name.'],
  options: { identity: IDENTITY, 'team-key': TEAM_KEY },
  async run(given) {
    const { folder, words } = given;
    const { identities, manifest } = await keysFor(given, await folder.read());
    const written: string[] = [];
    for (const file of words) {
      await folder.writeNew(`${file}.new`, await resealFile(await readBytes(file), identities, manifest));
      written.push(`${file}.new`);
    }
    return written;
  },
};

const resealRecords: Command = {
  name: 'reseal-records',
  words: [],
  summary: 'seal every active record of a desk anew, at its server, for the newest key of the team',
  help: ['Signs in as an admin. Where it was cut off, run it again: what has the newest key is left alone.'],
  options: {
    at: { value: 'URL', help: 'AGENT_VAULT_URL of the server' },
    desk: { value: 'ID', help: 'needed where the team works for several' },
    email: { value: 'ADDRESS', help: 'of the admin' },
    'password-file': { value: 'FILE', help: 'holds their password' },
    code: { value: 'CODE', help: 'that their app shows now' },
    identity: IDENTITY,
    'team-key': TEAM_KEY,
  },
  async run(given) {
    const { folder, needed, text } = given;
    const team = await folder.read();
    const desk = team.desks.length > 1 ? needed('desk') : (text('desk') ?? team.desks[0] ?? '');
    const { identities, manifest } = await keysFor(given, team, desk);
    const password = new TextDecoder().decode(await readBytes(needed('password-file'))).replace(/\r?\n$/, '');
    const session = await VaultSession.signIn(needed('at'), { email: needed('email'), password, code: needed('code') });
    const { epoch } = recipientsOf(manifest);
    const [moved, left]: [string[], string[]] = [[], []];
    const tried = new Set<string>();
    for (;;) {
      const old = (await session.records(desk)).filter(({ record }) => record.epoch < epoch && !tried.has(record.id));
      if (!old.length) break;
      for (const { ticket, record } of old) {
        tried.add(record.id);
        const name = `${ticket}  ${record.id}`;
        try {
          const { id, fileBytes } = await session.release(desk, record.id);
          await session.replace(desk, id, await resealBody(await session.sealed(desk, id), fileBytes, identities, manifest));
          moved.push(`${name}  key ${record.epoch} to ${epoch}`);
        } catch (error) {
          if (!isSupportError(error) || error.code === 'second-factor-needed') throw error;
          left.push(`${name}  ${error.code}: ${error.message}`);
        }
      }
    }
    await session.signOut();
    if (left.length) throw new CannotBeDone([...moved, ...left, `Left as they were: ${left.length}. Run it again for those.`].join('\n'));
    return moved.length ? moved : [`Every active record has key ${epoch} already.`];
  },
};

/** Those that work on manifests and records. */
export const RECORD_COMMANDS: readonly Command[] = [check, open, split, reseal, resealRecords];

/** What opens records sealed to the keys of a team so far, and for whom they are sealed now. */
async function keysFor(
  given: Given,
  team: TeamFile,
  desk = team.desks[0] ?? '',
): Promise<{ identities: Secret[]; manifest: VerifiedManifest }> {
  const { folder, now, needed, all } = given;
  const identities = await readTeamIdentities(needed('identity'), all('team-key').length ? all('team-key') : oldKeys(given, team.keys));
  const signature = await readFile(folder.place('manifest.json.sig'), 'utf8');
  const checks = { desk, roots: [team.root], now, lastSeq: team.seq };
  return { identities, manifest: await verifyManifest(await folder.readBytes('manifest.json'), signature, checks) };
}

function oldKeys({ folder }: Given, keys: readonly { epoch: number }[]): string[] {
  return keys.map(({ epoch }) => folder.place(keyFile(epoch)));
}
