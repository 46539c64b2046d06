import { createHash, randomBytes } from 'node:crypto';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** What looks like an age file to whoever cannot open one: a header made by hand, and noise. */
export function ageBytes({ stanzas = ['X25519'], payload = 1_064 }: { stanzas?: string[]; payload?: number } = {}): Buffer {
  const lines = stanzas.flatMap((type) => [`-> ${type} ${base64(randomBytes(32))}`, base64(randomBytes(32))]);
  const header = ['age-encryption.org/v1', ...lines, `--- ${base64(randomBytes(32))}`, ''].join('\n');
  return Buffer.concat([Buffer.from(header), randomBytes(payload)]);
}

/** The header of such a file. */
export function headerOf(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1);
}

/** SHA-256, hex. */
export function receiptOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same as text, for what sends no bytes. */
export function ageText(): string {
  const bytes = ageBytes({ payload: 0 });
  return bytes.toString('latin1') + randomBytes(40).toString('hex');
}
