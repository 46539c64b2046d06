import type { AccessBind } from '@storefront-support/contract';
import * as z from 'zod/mini';
import { isInstant } from './instant.js';
import { readAccess, type AccessData } from './kinds.js';

/** The JSON inside a sealed record. */
export interface Sealed {
  v: 1;
  bind: AccessBind;
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
