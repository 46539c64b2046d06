import type { Counter } from './counter.js';
import { UsageError } from './usage-error.js';
import type { Typed } from './verb.js';

/** The id of the desk that was typed, or of the only one. @throws {UsageError} naming them, where there are several. */
export async function deskIn(counter: Counter, typed: Typed): Promise<string> {
  const { desks } = await counter.ask<{ desks: { id: string }[] }>('/operator/desks');
  const id = typed.text('desk') ?? (desks.length === 1 ? desks[0]?.id : undefined);
  if (id === undefined) throw new UsageError(`--desk is needed: ${desks.map((desk) => desk.id).join(', ')}.`);
  return id;
}
