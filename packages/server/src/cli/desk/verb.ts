import type { Counter } from './counter.js';

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
}

/** What a verb has to say: `value` as it is with --json, `lines` otherwise. */
export interface Said {
  value: unknown;
  lines: string[];
}

/** One thing that the command line can do. */
export interface Verb {
  /** Two words: `agents add`. */
  name: string;
  /** What stands for the words after the name, for example `NUMBER`; with `…` any number of them. */
  words: string[];
  summary: string;
  /** More lines of its help. */
  help?: string[];
  options: { [name: string]: Option };
  run(place: Workplace, typed: Typed): Promise<Said>;
}
