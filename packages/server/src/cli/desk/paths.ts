import { randomBytes } from 'node:crypto';
import type { Counter } from './counter.js';
import { deskIn } from './desk-in.js';
import type { Typed } from './verb.js';

/** Where agents reach the ticket that was typed first. */
export async function ticketPath(counter: Counter, typed: Typed): Promise<string> {
  return `${await deskPath(counter, typed)}/tickets/${encodeURIComponent(typed.words[0] ?? '')}`;
}

/** Where agents reach the desk that was typed, or the only one. */
export async function deskPath(counter: Counter, typed: Typed): Promise<string> {
  return `/v1/desks/${encodeURIComponent(await deskIn(counter, typed))}/agent`;
}

/** For one attempt: a command that is typed again is another one. */
export function newKey(): Record<string, string> {
  return { 'Idempotency-Key': randomBytes(16).toString('hex') };
}
