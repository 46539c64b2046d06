import { UsageError } from './usage-error.js';
import type { Typed } from './verb.js';

/** The value of an option. @throws {UsageError} it was left out; `example` shows what would be right. */
export function needed(typed: Typed, name: string, example?: string): string {
  const value = typed.text(name);
  if (value !== undefined) return value;
  throw new UsageError(`--${name} is needed${example === undefined ? '' : `, for example --${name} ${example}`}.`);
}
