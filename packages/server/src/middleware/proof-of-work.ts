import { createHmac, randomInt } from 'node:crypto';
import { SupportError } from '@storefront-support/contract';
import type { Challenge, Payload } from 'altcha-lib/types';

/** PBKDF2 iterations of one derivation: about a millisecond on a desktop computer. */
const ITERATIONS = 5_000;
const LIFE_MS = 30 * 60 * 1000;
const PAYLOAD_MAX = 4_096;

/** A verified proof; its signature is spent in the ticket's transaction. */
export interface Proof {
  signature: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Makes and checks the puzzles that cost a sender computing time. */
export class ProofOfWork {
  readonly #signatureSecret: string;
  readonly #keySecret: string;

  /** @param secret 256 bits or more, kept across restarts so that a challenge outlives one. */
  constructor(secret: string) {
    this.#signatureSecret = createHmac('sha256', secret).update('challenge').digest('hex');
    this.#keySecret = createHmac('sha256', secret).update('derived-key').digest('hex');
  }

  /** @param derivations mean number of derivations until a solver finds the counter. */
  async challenge(deskId: string, derivations: number, now: number): Promise<Challenge> {
    const [{ createChallenge }, { deriveKey }] = await altcha();
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: ITERATIONS,
      counter: randomInt(derivations * 2),
      data: { desk: deskId },
      deriveKey,
      expiresAt: Math.floor((now + LIFE_MS) / 1000),
      hmacSignatureSecret: this.#signatureSecret,
      hmacKeySignatureSecret: this.#keySecret,
    });
  }

  /**
   * @param payload value of the `Support-Proof` header.
   * @throws {SupportError} `proof-rejected`
   */
  async verify(deskId: string, payload: string, now: number): Promise<Proof> {
    const { challenge, solution } = readPayload(payload);
    const [{ verifySolution }, { deriveKey }] = await altcha();
    const result = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: this.#signatureSecret,
      hmacKeySignatureSecret: this.#keySecret,
    }).catch(() => undefined);
    const { signature, parameters } = challenge;
    const expiresAt = (parameters.expiresAt ?? 0) * 1000;
    if (result?.expired || expiresAt < now) throw rejected('The challenge has expired; fetch a new one and solve it.');
    if (!result?.verified || signature === undefined) throw rejected('The proof does not solve a challenge of this server.');
    if (parameters.data?.['desk'] !== deskId) throw rejected('The challenge was made for another desk.');
    return { signature, expiresAt };
  }
}

/** A `proof-rejected` that tells developers why. */
export function rejected(reason: string): SupportError {
  return new SupportError('proof-rejected', reason);
}

function readPayload(text: string): Payload {
  try {
    if (text.length > PAYLOAD_MAX) throw new Error('too long');
    const payload = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Payload;
    const { parameters, signature } = payload.challenge;
    if (typeof parameters !== 'object' || parameters === null || typeof signature !== 'string') throw new Error('not a payload');
    return payload;
  } catch {
    throw rejected('Support-Proof is not base64 of {challenge, solution} as JSON.');
  }
}

// not needed before the first form is touched
function altcha() {
  return Promise.all([import('altcha-lib'), import('altcha-lib/algorithms/pbkdf2')]);
}
