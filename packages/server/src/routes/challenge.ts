import { brotliCompressSync, constants } from 'node:zlib';
import { Hono } from 'hono';
import type { AppEnv, Ports } from '../ports.js';
import { bestEncoding } from '../middleware/encoded-text.js';
import { limitChallenges } from '../middleware/rate-limit.js';
import type { ProofOfWork } from '../middleware/proof-of-work.js';

/** 425 bytes become 281 in 0.03 ms; the best quality takes 0.9 ms for ten bytes more. */
const QUICKLY = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MIN_WINDOW_BITS };

/**
 * `GET /v1/desks/{desk}/challenge` → `{"challenge": null}` where the desk asks for no proof, else
 * `{"challenge": {"parameters": {…}, "signature": "…"}}` (ALTCHA v2), valid for 30 minutes, for one ticket of this desk.
 *
 * A solver tries counters 0, 1, 2 … below 2³² until the derived key begins with `parameters.keyPrefix`:
 *
 * 1. password = bytes of `parameters.nonce` (hex), then the counter as 4 bytes, big-endian;
 * 2. derived key = PBKDF2 with SHA-256 (`parameters.algorithm` is `PBKDF2/SHA-256`), salt = bytes of `parameters.salt` (hex),
 *    `parameters.cost` iterations, `parameters.keyLength` bytes, written as lower-case hex;
 * 3. solved when that hex text starts with `parameters.keyPrefix`.
 *
 * The counter lies below twice the desk's `defences.proofOfWork`, evenly spread. The header `Support-Proof` of
 * `POST …/tickets` then carries base64 (with `+`, `/` and padding) of the UTF-8 JSON
 * `{"challenge": {"parameters": …, "signature": …}, "solution": {"counter": 123, "derivedKey": "<hex>"}}`
 * where `challenge` is what this route answered, every parameter included: its signature covers them all. A further member
 * `solution.time` is accepted and ignored. A proof is spent by the ticket it was sent with; a refused one
 * (403 `proof-rejected`) asks for a new challenge.
 */
export function challengeRoutes(ports: Pick<Ports, 'now'>, proofOfWork: ProofOfWork): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', limitChallenges(), async (c) => {
    const { desk, defences } = c.var.desk;
    if (defences.proofOfWork === 0) return c.json({ challenge: null });
    const text = JSON.stringify({ challenge: await proofOfWork.challenge(desk.id, defences.proofOfWork, ports.now()) });
    c.header('Content-Type', 'application/json');
    c.header('Vary', 'Accept-Encoding', { append: true });
    if (bestEncoding(c.req.header('Accept-Encoding')) !== 'br') return c.body(text);
    c.header('Content-Encoding', 'br');
    return c.body(new Uint8Array(brotliCompressSync(text, { params: QUICKLY })));
  });
}
