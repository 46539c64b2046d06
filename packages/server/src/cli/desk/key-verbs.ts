import { readFile, writeFile } from 'node:fs/promises';
import { Refusal, type Counter } from './counter.js';
import { needed } from './needed.js';
import { deskPath } from './paths.js';
import { plain } from './show.js';
import { UsageError } from './usage-error.js';
import { CannotBeDone, type Option, type Typed, type Verb } from './verb.js';

const DESK: Option = { value: 'ID', help: 'which desk; needed where there are several' };
const AGE = 'age-encryption.org/v1\n';

interface Roster {
  devices: { id: string; agent: { name: string }; name: string; state: string; recipient: string }[];
  epochs: number[];
}

interface Identity {
  epoch: number;
  /** Base64. */
  wrapped: string;
  devices: string[];
  revision: number;
}

/** The team's keys as this server keeps them: wrapped, so that it cannot use them. */
export const KEY_VERBS: Verb[] = [
  {
    name: 'access devices',
    words: [],
    summary: 'show whose devices open the keys of a team',
    options: { desk: DESK },
    async run({ counter }, typed) {
      const value = await rosterOf(counter, typed);
      const lines = value.devices.map(({ id, agent, name, state, recipient }) =>
        [id, state, plain(agent.name), plain(name), recipient].join('  '),
      );
      return { value, lines: [`keys  ${value.epochs.join(', ') || 'none'}`, ...lines] };
    },
  },
  {
    name: 'access save-key',
    words: ['N'],
    summary: 'write team-N.age as this server keeps it, to rotate or enrol with',
    options: { desk: DESK, out: { value: 'FILE', help: 'must not be there yet' } },
    async run({ counter }, typed) {
      const out = needed(typed, 'out', 'team-1.age');
      const { epoch, wrapped } = await counter.ask<Identity>(await keyPath(counter, typed));
      await writeFile(out, Buffer.from(wrapped, 'base64'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? new CannotBeDone(`${out} is there already. Name another place with --out.`) : error;
      });
      return { value: { epoch, file: out }, lines: [`Key ${epoch} is in ${out}, wrapped as it is here.`] };
    },
  },
  {
    name: 'access load-key',
    words: ['N', 'FILE'],
    summary: 'keep team-N.age on this server, for the vault pages of agents',
    help: ['As npm run vault has made it. It takes the place of the one that is there.'],
    options: { desk: DESK },
    async run({ counter }, typed) {
      const bytes = await readFile(typed.words[1] ?? '');
      if (bytes.subarray(0, AGE.length).toString('latin1') !== AGE) throw new UsageError(`${typed.words[1]} is no age file.`);
      const path = await keyPath(counter, typed);
      const before = await counter.ask<Identity>(path).catch((error: unknown) => {
        if (error instanceof Refusal && error.problem.code === 'not-found') return null;
        throw error;
      });
      const { devices } = await rosterOf(counter, typed);
      const enrolled = devices.filter(({ id, state }) => (before ? before.devices.includes(id) : state === 'enrolled')).map(({ id }) => id);
      const headers: Record<string, string> = before ? { 'If-Match': `"${before.revision}"` } : { 'If-None-Match': '*' };
      const body = { wrapped: bytes.toString('base64'), devices: enrolled };
      const value = await counter.ask<Identity>(path, { method: 'PUT', headers, body });
      return { value, lines: [`Key ${value.epoch} is kept here, revision ${value.revision}.`] };
    },
  },
  {
    name: 'access forget-key',
    words: ['N'],
    summary: 'delete team-N.age here, once no active record is sealed to it',
    options: { desk: DESK },
    async run({ counter }, typed) {
      await counter.ask(await keyPath(counter, typed), { method: 'DELETE' });
      return { value: {}, lines: [`Key ${typed.words[0]} is gone from this server.`] };
    },
  },
];

async function rosterOf(counter: Counter, typed: Typed): Promise<Roster> {
  return counter.ask(`${await deskPath(counter, typed)}/vault/roster`);
}

async function keyPath(counter: Counter, typed: Typed): Promise<string> {
  return `${await deskPath(counter, typed)}/vault/identities/${encodeURIComponent(typed.words[0] ?? '')}`;
}
