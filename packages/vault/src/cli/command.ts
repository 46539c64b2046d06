import type { TeamFolder } from './team-folder.js';

/** What a command was given. */
export interface Given {
  folder: TeamFolder;
  /** Words that belong to no option. */
  words: string[];
  /** The last value of an option. */
  text(name: string): string | undefined;
  /** @throws {UsageError} when the option is left out */
  needed(name: string): string;
  all(name: string): string[];
  is(name: string): boolean;
  /** Milliseconds since 1970. */
  now: number;
}

/** One thing that the command line can do. */
export interface Command {
  name: string;
  /** What stands for the words after the name; with `…` any number of them. */
  words: string[];
  summary: string;
  help?: string[];
  /** By name: what stands for the value in the help, and what it is for. Without `value` it has none. */
  options: { [name: string]: { value?: string; help: string } };
  /** @returns lines for standard output */
  run(given: Given): Promise<string[]>;
}
