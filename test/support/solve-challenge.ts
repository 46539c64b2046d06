import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;

/** What `GET /v1/desks/{desk}/challenge` answers below `challenge`. */
export interface Challenge {
  parameters: { algorithm: string; nonce: string; salt: string; cost: number; keyLength: number; keyPrefix: string };
  signature?: string;
}

/**
 * Solves a challenge with nothing but WebCrypto.
 *
 * @returns the value of the `Support-Proof` header.
 */
export async function solveChallenge({ parameters, signature }: Challenge): Promise<string> {
  const nonce = Buffer.from(parameters.nonce, 'hex');
  const password = Buffer.concat([nonce, Buffer.alloc(4)]);
  const options = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from(parameters.salt, 'hex'), iterations: parameters.cost };
  for (let counter = 0; ; counter++) {
    password.writeUInt32BE(counter, nonce.length);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derivedKey = Buffer.from(await subtle.deriveBits(options, key, parameters.keyLength * 8)).toString('hex');
    if (!derivedKey.startsWith(parameters.keyPrefix)) continue;
    return Buffer.from(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey } })).toString('base64');
  }
}

/** Fetches and solves one challenge of a desk; undefined where the desk asks for none. */
export async function proofFor(serverUrl: string, desk: string): Promise<string | undefined> {
  const answer = await fetch(`${serverUrl}/v1/desks/${desk}/challenge`);
  const { challenge } = (await answer.json()) as { challenge: Challenge | null };
  return challenge ? solveChallenge(challenge) : undefined;
}
