import { readFile } from 'node:fs/promises';
import { splitAgeFile } from '../age/age-header.js';
import { verifyManifest } from '../manifest.js';
import { openFile, readSealed, type OpenedAccess } from '../open.js';
import { resealFile } from '../reseal.js';
import { Secret } from '../secret.js';
import type { Command, Given } from './command.js';
import { readTeamIdentities } from './identity-file.js';
import { keyFile, readBytes } from './team-folder.js';
import { UsageError } from './usage-error.js';

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
    const { folder, words, now, needed, all } = given;
    const team = await folder.read();
    const identities = await readTeamIdentities(needed('identity'), all('team-key').length ? all('team-key') : oldKeys(given, team.keys));
    const signature = await readFile(folder.place('manifest.json.sig'), 'utf8');
    const [desk = ''] = team.desks;
    const manifest = await verifyManifest(await folder.readBytes('manifest.json'), signature, {
      desk,
      roots: [team.root],
      now,
      lastSeq: team.seq,
    });
    const written: string[] = [];
    for (const file of words) {
      await folder.writeNew(`${file}.new`, await resealFile(await readBytes(file), identities, manifest));
      written.push(`${file}.new`);
    }
    return written;
  },
};

/** Those that work on manifests and records. */
export const RECORD_COMMANDS: readonly Command[] = [check, open, split, reseal];

function oldKeys({ folder }: Given, keys: readonly { epoch: number }[]): string[] {
  return keys.map(({ epoch }) => folder.place(keyFile(epoch)));
}
