import { SupportError } from '@storefront-support/contract';
import { HEADERS, fieldProblems, idempotencyKeySchema } from '@storefront-support/contract/schemas';
import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import en from 'zod/v4/locales/en.js';
import { invalidFields } from '../invalid-fields.js';
import type { AppEnv } from '../ports.js';
import { readJson } from './read-json.js';

/** What is wrong, in English sentences. */
export const SENTENCES = { error: en().localeError };

/**
 * The body, as a schema has it.
 *
 * @throws {SupportError} `invalid-fields`, and what `readJson` throws.
 */
export async function readBody<T extends z.core.$ZodType>(c: Context<AppEnv>, schema: T): Promise<z.core.output<T>> {
  return checkFields(schema, await readJson(c));
}

/**
 * The query, as a schema has it.
 *
 * @throws {SupportError} `invalid-fields`
 */
export function readQuery<T extends z.core.$ZodType>(c: Context<AppEnv>, schema: T): z.core.output<T> {
  return checkFields(schema, c.req.query());
}

/** @throws {SupportError} `invalid-request` */
export function idempotencyKeyIn(c: Context<AppEnv>): string {
  const key = idempotencyKeySchema.safeParse(c.req.header(HEADERS.idempotencyKey));
  if (key.success) return key.data;
  throw new SupportError('invalid-request', `${HEADERS.idempotencyKey} is needed: 16 to 128 of A-Z a-z 0-9 - _, new for each draft.`);
}

/**
 * A value, as a schema has it.
 *
 * @throws {SupportError} `invalid-fields`
 */
export function checkFields<T extends z.core.$ZodType>(schema: T, value: unknown): z.core.output<T> {
  const found = safeParse(schema, value, { ...SENTENCES, reportInput: true });
  if (!found.success) throw invalidFields(fieldProblems(found.error.issues));
  return found.data;
}
