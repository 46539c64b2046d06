import { SupportError } from '@storefront-support/contract';
import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';

/** The longest message, every character of it escaped, and room for the rest. */
const BODY_MAX = 1_000_000;

/**
 * The body as JSON.
 *
 * @throws {SupportError} `type-not-allowed`, `too-large`, `invalid-request`
 */
export async function readJson(c: Context<AppEnv>): Promise<unknown> {
  if (!/^application\/json(\s*;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new SupportError('type-not-allowed', 'Send the body as JSON, with Content-Type: application/json.');
  }
  const declared = c.req.header('Content-Length');
  if (declared !== undefined && Number(declared) > BODY_MAX) throw tooLarge();
  const text =
    declared === undefined || c.req.header('Transfer-Encoding') !== undefined ? await readBounded(c.req.raw.body) : await c.req.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SupportError('invalid-request', 'The body is not JSON.');
  }
}

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(): SupportError {
  return new SupportError('too-large', `The body is larger than ${BODY_MAX} bytes; files go to the uploads route.`);
}
