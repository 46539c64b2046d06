import type { Counter, Places } from './counter.js';

/** An option of a verb. */
export interface Option {
  /** What stands for its value in the help; absent: it has none. */
  value?: string;
  /** May be given more than once. */
  many?: true;
  help: string;
}

/** What was typed after the verb. */
export interface Typed {
  /** Words that belong to no option. */
  words: string[];
  /** The last value of an option. */
  text(name: string): string | undefined;
  all(name: string): string[];
  given(name: string): boolean;
}

/** What a verb works with. */
export interface Workplace {
  counter: Counter;
  /** Everything on standard input. */
  readInput(): Promise<string>;
  /** Asks at the terminal, and takes one line of standard input for the answer. */
  confirm(question: string): Promise<string>;
}

/** What a verb has to say: `value` as it is with --json, `lines` otherwise. */
export interface Said {
  value: unknown;
  lines: string[];
  /** True: it was looked for, and found wanting; the shell is told so. */
  failed?: boolean;
}

/** One thing that the command line can do. */
export interface Verb {
  /** Two words: `agents add`; one where it is about everything: `backup`. */
  name: string;
  /** What stands for the words after the name, for example `NUMBER`; with `…` any number of them. */
  words: string[];
  summary: string;
  /** More lines of its help. */
  help?: string[];
  options: { [name: string]: Option };
  run(place: Workplace, typed: Typed): Promise<Said>;
}

/** One thing that is done with the data folder itself, whether a server runs or not. */
export interface FolderVerb extends Omit<Verb, 'run'> {
  runOn(places: Places, typed: Typed): Promise<Said>;
}

/** It cannot be done, and nothing was changed. The message says why, to an operator. */
export class CannotBeDone extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotBeDone';
  }
}
