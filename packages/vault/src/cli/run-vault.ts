import { parseArgs } from 'node:util';
import { isSupportError } from '@storefront-support/contract';
import type { Command, Given } from './command.js';
import { RECORD_COMMANDS } from './record-commands.js';
import { TEAM_COMMANDS } from './team-commands.js';
import { TeamFolder } from './team-folder.js';
import { CannotBeDone, UsageError } from './usage-error.js';

/** What a shell is told. */
export const EXIT = {
  done: 0,
  /** Nothing was changed: a key does not fit, a signature is wrong, a file is not there. */
  refused: 1,
  /** What was typed is no command. */
  usage: 2,
} as const;

/** What the command line writes to. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

const COMMANDS = [...TEAM_COMMANDS, ...RECORD_COMMANDS];
const EVERYWHERE: Command['options'] = {
  folder: { value: 'FOLDER', help: 'where the team is kept: ./vault-team' },
  help: { help: 'print this' },
};

/** Runs one command. @returns one of `EXIT`. */
export async function runVault([name, ...args]: readonly string[], terminal: Terminal, now = Date.now()): Promise<number> {
  const command = COMMANDS.find((known) => known.name === name);
  if (!command) {
    if (name !== undefined && name !== '--help') terminal.err(`"${name}" is no command here.\n\n`);
    terminal[name === undefined || name === '--help' ? 'out' : 'err'](overview());
    return name === undefined || name === '--help' ? EXIT.done : EXIT.usage;
  }
  try {
    const given = readGiven(command, args, now);
    if (given.is('help')) terminal.out(helpOf(command));
    else terminal.out(`${(await command.run(given)).join('\n')}\n`);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}\n\n${helpOf(command)}`);
      return EXIT.usage;
    }
    if (error instanceof CannotBeDone) terminal.err(`${error.message}\n`);
    else if (isSupportError(error)) terminal.err(`${error.code}: ${error.message}\n`);
    else throw error;
    return EXIT.refused;
  }
}

function readGiven({ options, words }: Command, args: string[], now: number): Given {
  const all = Object.entries({ ...options, ...EVERYWHERE });
  const spec = Object.fromEntries(
    all.map(([name, { value }]) => [name, { type: value ? ('string' as const) : ('boolean' as const), multiple: true }]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args, options: spec, allowPositionals: true, strict: true });
  } catch (error) {
    // its sentences say what is wrong, and then how the module is used
    throw new UsageError((error as Error).message.split('. ', 1)[0] ?? '');
  }
  const values = parsed.values as { [name: string]: (string | boolean)[] | undefined };
  const texts = (name: string) => (values[name] ?? []).filter((value) => typeof value === 'string');
  const is = (name: string) => values[name] !== undefined;
  const many = words.some((word) => word.endsWith('…'));
  const { length } = parsed.positionals;
  if (!is('help') && (length < words.length || (length > words.length && !many))) {
    throw new UsageError(
      words.length ? `${words.join(' ')} is needed${many ? '' : ', and nothing more'}.` : `"${parsed.positionals[0]}" is too much.`,
    );
  }
  return {
    folder: new TeamFolder(texts('folder').at(-1) ?? 'vault-team'),
    words: parsed.positionals,
    text: (name) => texts(name).at(-1),
    needed(name) {
      const value = texts(name).at(-1);
      if (!value) throw new UsageError(`--${name} is needed.`);
      return value;
    },
    all: texts,
    is,
    now,
  };
}

function helpOf({ name, words, summary, help = [], options }: Command): string {
  const rows = Object.entries({ ...options, ...EVERYWHERE }).map(([option, { value, help: what }]) => {
    return `  ${`--${option}${value ? ` ${value}` : ''}`.padEnd(26)} ${what}`;
  });
  return `${['vault', name, ...words].join(' ')}\n\n${[summary, ...help].join('\n')}\n\n${rows.join('\n')}\n`;
}

function overview(): string {
  const rows = COMMANDS.map(({ name, words, summary }) => `  ${[name, ...words].join(' ').padEnd(18)} ${summary}`);
  return `vault: keys of a support team, and what was sealed for it\n\n${rows.join('\n')}\n\nEach has its own --help.\n`;
}
