import { SupportError } from '@storefront-support/contract';
import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';

/** The longest message, every character of it escaped, and room for the rest. */
const BODY_MAX = 1_000_000;
/** The largest body takes 200 seconds at 5 kB/s; whoever is slower holds a connection and sends nothing. */
const BODY_MS = 300_000;

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
  const bounded = declared !== undefined && c.req.header('Transfer-Encoding') === undefined;
  const late = setTimeout(() => c.env?.incoming?.destroy(), BODY_MS);
  const bytes = await (bounded ? c.req.arrayBuffer() : readBounded(c.req.raw.body))
    .catch((error: unknown) => {
      throw error instanceof SupportError ? error : new SupportError('invalid-request', 'The body ended early.', { cause: error });
    })
    .finally(() => clearTimeout(late));
  try {
    // other bytes than UTF-8 would otherwise be kept as something nobody wrote
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new SupportError('invalid-request', 'The body is not JSON in UTF-8.');
  }
}

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): SupportError {
  return new SupportError('too-large', `The body is larger than ${BODY_MAX} bytes; files go to the uploads route.`);
}
