import { parseArgs } from 'node:util';
import { ACCESS_VERBS } from './access-verbs.js';
import { AGENT_VERBS } from './agent-verbs.js';
import { Refusal, openCounter, type Places } from './counter.js';
import { FOLDER_VERBS } from './folder-verbs.js';
import { KEY_VERBS } from './key-verbs.js';
import { PEOPLE_VERBS } from './people-verbs.js';
import { entryLines } from './show.js';
import { TICKET_VERBS } from './ticket-verbs.js';
import { UsageError } from './usage-error.js';
import { CannotBeDone, type FolderVerb, type Option, type Said, type Typed, type Verb } from './verb.js';
import type { ThreadEntry } from '@storefront-support/contract';

/** What a shell is told. */
export const EXIT = {
  done: 0,
  /** The server or the store said no: nothing was changed. */
  refused: 1,
  /** What was typed is no command. */
  usage: 2,
  /** Neither the server nor the data folder could be had. */
  unreachable: 3,
} as const;

type AnyVerb = Verb | FolderVerb;

const VERBS: readonly AnyVerb[] = [...AGENT_VERBS, ...TICKET_VERBS, ...ACCESS_VERBS, ...KEY_VERBS, ...PEOPLE_VERBS, ...FOLDER_VERBS];
const EVERYWHERE: { [name: string]: Option } = {
  json: { help: 'print the answer as JSON' },
  as: { value: 'ADDRESS', help: 'act for this agent; otherwise you act as the operator, who may everything and is nobody’s assignee' },
  help: { help: 'print this' },
};

/** What the command line reads and writes. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readInput(): Promise<string>;
  /** The next line of standard input, without its end. */
  readLine(): Promise<string>;
}

/** Runs one command. @returns one of `EXIT`. */
export async function runDesk(args: readonly string[], places: Places, terminal: Terminal): Promise<number> {
  const verb = VERBS.find(({ name }) => name === args.slice(0, 2).join(' ') || name === args[0]);
  if (!verb) return withoutVerb(args, terminal);
  try {
    const typed = readTyped(verb, args.slice(verb.name.split(' ').length));
    if (typed.given('help')) {
      terminal.out(helpOf(verb));
      return EXIT.done;
    }
    checkWords(verb, typed);
    const { value, lines, failed } = await ('runOn' in verb ? verb.runOn(places, typed) : atCounter(verb, typed, places, terminal));
    terminal.out(typed.given('json') ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
    return failed === true ? EXIT.refused : EXIT.done;
  } catch (error) {
    return explain(error, verb, args.includes('--json'), terminal);
  }
}

async function atCounter(verb: Verb, typed: Typed, places: Places, terminal: Terminal): Promise<Said> {
  const counter = await openCounter(places, typed.text('as')).catch((error: unknown) => {
    throw new Unreachable(error);
  });
  try {
    const confirm = (question: string) => {
      terminal.err(question);
      return terminal.readLine();
    };
    return await verb.run({ counter, readInput: () => terminal.readInput(), confirm }, typed);
  } finally {
    await counter.close();
  }
}

class Unreachable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function withoutVerb(args: readonly string[], { out, err }: Terminal): number {
  const words = args.filter((word) => !word.startsWith('-'));
  if (words.length === 0) {
    out(overview(VERBS));
    return EXIT.done;
  }
  const ofNoun = VERBS.filter(({ name }) => name.startsWith(`${words[0]} `));
  if (ofNoun.length > 0 && (words.length === 1 || args.includes('--help'))) {
    out(overview(ofNoun));
    return words.length === 1 ? EXIT.done : EXIT.usage;
  }
  err(`"${words.slice(0, 2).join(' ')}" is no command here.\n\n${overview(ofNoun.length > 0 ? ofNoun : VERBS)}`);
  return EXIT.usage;
}

function explain(error: unknown, verb: AnyVerb, json: boolean, { out, err }: Terminal): number {
  if (error instanceof Refusal) {
    const { problem } = error;
    if (json) out(`${JSON.stringify(problem)}\n`);
    const fields = Object.entries(problem.fields ?? {}).map(([name, { detail }]) => `  ${name}: ${detail}`);
    const newer = Array.isArray(problem.entries) ? (problem.entries as ThreadEntry[]).flatMap(entryLines) : [];
    err(`${[problem.detail, ...fields, ...newer].join('\n')}\n`);
    return EXIT.refused;
  }
  if (error instanceof CannotBeDone) {
    err(`${error.message}\n`);
    return EXIT.refused;
  }
  if (error instanceof UsageError) {
    err(`${error.message}\n\n${helpOf(verb)}`);
    return EXIT.usage;
  }
  // the server may end in the middle of an answer
  if (error instanceof Unreachable || (error instanceof Error && 'code' in error)) {
    err(`${error.message}\n`);
    return EXIT.unreachable;
  }
  throw error;
}

function readTyped(verb: AnyVerb, args: readonly string[]): Typed {
  const all = { ...verb.options, ...EVERYWHERE };
  const options = Object.fromEntries(
    Object.entries(all).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // its sentences say what is wrong, and then how the module is used
    throw new UsageError((error instanceof Error ? error.message : String(error)).split('. ', 1)[0] ?? '');
  }
  const values = parsed.values as { [name: string]: (string | boolean)[] | undefined };
  const texts = (name: string) => (values[name] ?? []).filter((value) => typeof value === 'string');
  return {
    words: parsed.positionals,
    text: (name) => texts(name).at(-1),
    all: texts,
    given: (name) => values[name] !== undefined,
  };
}

function checkWords({ words }: AnyVerb, typed: Typed): void {
  const many = words.at(-1)?.endsWith('…') === true;
  const least = many ? words.length - 1 : words.length;
  if (typed.words.length < least) throw new UsageError(`${words[typed.words.length]} is missing.`);
  if (!many && typed.words.length > least) throw new UsageError(`"${typed.words[least]}" is one word too many; texts go in quotes.`);
}

function overview(verbs: readonly AnyVerb[]): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  const lines = verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `npm run desk -- COMMAND [--json] [--as ADDRESS]\n\n${lines.join('\n')}\n\nEach explains itself: npm run desk -- ${verbs[0]?.name} --help\n`;
}

function helpOf({ name, words, summary, help = [], options }: AnyVerb): string {
  const all = Object.entries({ ...options, ...EVERYWHERE }).map(([option, { value, help: text }]) => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    text,
  ]);
  const width = Math.max(...all.map(([left = '']) => left.length));
  const lines = all.map(([left = '', text]) => `  ${left.padEnd(width)}  ${text}`);
  const usage = [
    'npm run desk --',
    name,
    ...words.map((word) => (word.endsWith('…') ? `[${word.slice(0, -1)} …]` : word)),
    '[options]',
  ].join(' ');
  return `${usage}\n\n${[summary, ...help].join('\n')}\n\n${lines.join('\n')}\n`;
}
