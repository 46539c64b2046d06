import * as z from 'zod/mini';
import { isInstant } from './instant.js';
import { readAccess, type AccessData } from './kinds.js';

/**
 * What a sealed record says of itself inside, so that it cannot be passed off as another one. As it was sealed: a later change of its
 * expiry or of the team's key is not in it.
 */
export interface Bind {
  desk: string;
  /** Number of the ticket. */
  ticket: string;
  request: string;
  record: string;
  /** Number of the team's key. */
  epoch: number;
  /** Instants, ISO 8601 in UTC. */
  createdAt: string;
  expiresAt: string;
  maxReveals: number;
  /** Of the page on which it was asked for. */
  origin: string;
}

/** The JSON inside a sealed record. */
export interface Sealed {
  v: 1;
  bind: Bind;
  data: AccessData;
}

const id = z.string().check(z.minLength(1), z.maxLength(200));
const instant = z.string().check(z.refine(isInstant));

const sealedSchema = z.strictObject({
  v: z.literal(1),
  bind: z.strictObject({
    desk: id,
    ticket: id,
    request: id,
    record: id,
    epoch: z.int().check(z.positive()),
    createdAt: instant,
    expiresAt: instant,
    maxReveals: z.int().check(z.minimum(1), z.maximum(50)),
    origin: z.string().check(z.maxLength(300)),
  }),
  data: z.unknown(),
});

/** What is inside a record, if it is one. */
export function readSealedJson(value: unknown): Sealed | undefined {
  const outer = sealedSchema.safeParse(value);
  if (!outer.success) return undefined;
  const inner = readAccess(outer.data.data);
  return 'data' in inner ? { ...outer.data, data: inner.data } : undefined;
}
