import type { Agent, AgentKey, ServedContact } from '@storefront-support/contract';
import type { ListedAgent } from '../../routes/operator.js';
import type { Counter } from './counter.js';
import { needed } from './needed.js';
import { UsageError } from './usage-error.js';
import type { Typed, Verb } from './verb.js';

const DAY = 86_400_000;
const SERVES = { value: 'DESK/CONTACT', many: true, help: 'a contact to serve; may be given more than once' } as const;

interface SetUp {
  url: string;
  expiresAt: string;
}

/** What the operator does with agents. */
export const AGENT_VERBS: Verb[] = [
  {
    name: 'agents add',
    words: [],
    summary: 'add an agent and print a set-up link',
    help: ['The link is good for three days and for one use: there the agent chooses a password and sets up time-based codes.'],
    options: {
      name: { value: 'NAME', help: 'as customers see it' },
      email: { value: 'ADDRESS', help: 'they sign in with it' },
      admin: { help: 'serves every contact of every desk' },
      serve: SERVES,
    },
    async run({ counter }, typed) {
      const body = {
        name: needed(typed, 'name', '"Ann"'),
        email: needed(typed, 'email', 'ann@shop.example'),
        role: typed.given('admin') ? 'admin' : 'agent',
        contacts: typed.all('serve').map(contactIn),
      };
      const value = await counter.ask<{ agent: Agent; setUp: SetUp }>('/operator/agents', { method: 'POST', body });
      return { value, lines: [`${value.agent.name} is added.`, ...linkLines(value.setUp)] };
    },
  },
  {
    name: 'agents list',
    words: [],
    summary: 'list all agents',
    options: {},
    async run({ counter }) {
      const { agents } = await counter.ask<{ agents: ListedAgent[] }>('/operator/agents');
      return { value: { agents }, lines: agents.length === 0 ? ['There is no agent yet: agents add --help'] : agents.map(agentLine) };
    },
  },
  {
    name: 'agents disable',
    words: ['ADDRESS'],
    summary: 'close an account at once: sessions, keys, passkeys and links end',
    options: {},
    run: ({ counter }, typed) => change(counter, typed, { disabled: true }),
  },
  {
    name: 'agents enable',
    words: ['ADDRESS'],
    summary: 'open a closed account again, with its password and codes; its keys and passkeys are gone',
    options: {},
    run: ({ counter }, typed) => change(counter, typed, { disabled: false }),
  },
  {
    name: 'agents serve',
    words: ['ADDRESS', 'DESK/CONTACT…'],
    summary: 'say which contacts an agent serves, in place of those before',
    help: ['Without a contact the agent serves none and sees no ticket.'],
    options: { admin: { help: 'make an admin of them, who serves every contact' }, agent: { help: 'make an agent of an admin' } },
    run: ({ counter }, typed) => {
      const [, ...contacts] = typed.words;
      if (typed.given('admin') && typed.given('agent')) throw new UsageError('An agent is an admin or not: give --admin or --agent.');
      const role = typed.given('admin') ? 'admin' : typed.given('agent') ? 'agent' : undefined;
      return change(counter, typed, { contacts: contacts.map(contactIn), role });
    },
  },
  {
    name: 'agents password',
    words: ['ADDRESS'],
    summary: 'set a password and end all sessions; prints one unless --stdin is given',
    options: { stdin: { help: 'take it from standard input, without its last line break' } },
    async run({ counter, readInput }, typed) {
      const given = typed.given('stdin') ? (await readInput()).replace(/\r?\n$/, '') : undefined;
      const value = await counter.ask<{ password: string | null }>(`${agentPath(typed)}/password`, {
        method: 'POST',
        body: { password: given },
      });
      return { value, lines: value.password === null ? ['The password is set.'] : ['The new password, shown only now:', value.password] };
    },
  },
  {
    name: 'agents totp',
    words: ['ADDRESS'],
    summary: 'set up time-based codes anew and print what the app needs',
    options: {},
    async run({ counter }, typed) {
      const value = await counter.ask<{ timeCode: { secret: string; uri: string } }>(`${agentPath(typed)}/time-code`, {
        method: 'POST',
        body: {},
      });
      return { value, lines: ['For the app, shown only now:', value.timeCode.secret, value.timeCode.uri] };
    },
  },
  {
    name: 'agents invite',
    words: ['ADDRESS'],
    summary: 'print a new set-up link; the one before ends',
    options: {},
    async run({ counter }, typed) {
      const value = await counter.ask<{ setUp: SetUp }>(`${agentPath(typed)}/invites`, { method: 'POST', body: {} });
      return { value, lines: linkLines(value.setUp) };
    },
  },
  {
    name: 'agents keys',
    words: ['ADDRESS'],
    summary: 'list, make or remove the keys of an agent’s scripts',
    options: {
      add: { value: 'NAME', help: 'make a key of this name and print it' },
      days: { value: 'DAYS', help: 'with --add: the key ends after so many days' },
      remove: { value: 'ID', help: 'remove the key of this id' },
    },
    async run({ counter }, typed) {
      const keys = `${agentPath(typed)}/keys`;
      const [name, id] = [typed.text('add'), typed.text('remove')];
      if (name !== undefined && id !== undefined) throw new UsageError('Give --add or --remove, not both.');
      if (name === undefined && typed.given('days')) throw new UsageError('--days goes with --add.');
      if (name !== undefined) {
        const expiresAt = expiryIn(typed.text('days'));
        const value = await counter.ask<{ key: AgentKey; token: string }>(keys, { method: 'POST', body: { name, expiresAt } });
        return { value, lines: ['The key, shown only now:', value.token] };
      }
      if (id !== undefined) await counter.ask(`${keys}/${encodeURIComponent(id)}`, { method: 'DELETE' });
      const value = await counter.ask<{ keys: AgentKey[] }>(keys);
      const lines = value.keys.map((key) => `${key.id}  ${key.name}  ${key.expiresAt === null ? 'no end' : `until ${key.expiresAt}`}`);
      return { value, lines: lines.length === 0 ? ['There is no key.'] : lines };
    },
  },
];

function agentPath({ words: [email = ''] }: Typed): string {
  return `/operator/agents/${encodeURIComponent(email)}`;
}

async function change(counter: Counter, typed: Typed, body: object) {
  const value = await counter.ask<{ agent: ListedAgent }>(agentPath(typed), { method: 'PATCH', body });
  return { value, lines: [agentLine(value.agent)] };
}

function agentLine({ email, name, role, contacts, disabled, hasPassword, hasTimeCode, passkeys }: ListedAgent): string {
  const ways = [...(hasPassword ? ['password'] : []), ...(hasTimeCode ? ['codes'] : []), ...(passkeys > 0 ? [`${passkeys} passkeys`] : [])];
  const served =
    contacts === null ? 'all contacts' : contacts.map(({ deskId, contactId }) => `${deskId}/${contactId}`).join(', ') || 'no contact';
  return [email, name, role, served, ways.join(' + ') || 'not set up', ...(disabled ? ['disabled'] : [])].join('  ');
}

function linkLines({ url, expiresAt }: SetUp): string[] {
  return [`Set-up link, good once and until ${expiresAt}:`, url];
}

function contactIn(text: string): ServedContact {
  const [deskId, contactId, ...rest] = text.split('/');
  if (!deskId || !contactId || rest.length > 0)
    throw new UsageError(`"${text}" is no contact: write the ids of desk and contact, for example demo/customer-service.`);
  return { deskId, contactId };
}

function expiryIn(days: string | undefined): string | undefined {
  if (days === undefined) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new UsageError(`--days takes a number of days, not "${days}".`);
  return new Date(Date.now() + Number(days) * DAY).toISOString();
}
