import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';

const WORTH_IT = 400;

/** A text that never changes while the server runs, compressed once. */
export class EncodedText {
  readonly #plain: Uint8Array<ArrayBuffer>;
  readonly #type: string;
  readonly #etag: string;
  #brotli: Uint8Array<ArrayBuffer> | undefined;
  #gzip: Uint8Array<ArrayBuffer> | undefined;

  constructor(text: string, type: string) {
    this.#plain = new TextEncoder().encode(text);
    this.#type = type;
    this.#etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 12)}"`;
  }

  /** Answers with the smallest encoding that the client takes, or with 304 when it has the text already. */
  answer(c: Context<AppEnv>): Response {
    c.header('ETag', this.#etag);
    c.header('Vary', 'Accept-Encoding', { append: true });
    if (c.req.header('If-None-Match') === this.#etag) return c.body(null, 304);
    c.header('Content-Type', this.#type);
    const encoding = this.#plain.length > WORTH_IT ? bestEncoding(c.req.header('Accept-Encoding')) : undefined;
    if (encoding === undefined) return c.body(this.#plain);
    c.header('Content-Encoding', encoding);
    if (encoding === 'gzip') return c.body((this.#gzip ??= new Uint8Array(gzipSync(this.#plain, { level: 9 }))));
    return c.body(
      (this.#brotli ??= new Uint8Array(
        brotliCompressSync(this.#plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: this.#plain.length } }),
      )),
    );
  }
}

/** `br` before `gzip`, where `Accept-Encoding` takes them. */
export function bestEncoding(accepted: string | undefined): 'br' | 'gzip' | undefined {
  const taken = new Set<string>();
  for (const part of (accepted ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(name);
  }
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : undefined;
}
