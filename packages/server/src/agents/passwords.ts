import * as crypto from 'node:crypto';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memory: 19_456, passes: 2, parallelism: 1 };
/** For a Node whose OpenSSL has no argon2. */
const SCRYPT = { ln: 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Beyond these a stored string is not one of ours, and would cost more than a server can give. */
const MOST = { memory: 1_048_576, passes: 20, parallelism: 16, ln: 20 };

/** A password as it is stored: a PHC string that names its algorithm and its costs. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  if (hasArgon2()) {
    const { memory, passes, parallelism } = ARGON2;
    const hash = await argon2id(password, salt, ARGON2, HASH_BYTES);
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
  }
  const hash = await scrypted(password, salt, SCRYPT, HASH_BYTES);
  return `$scrypt$ln=${SCRYPT.ln},r=${SCRYPT.r},p=${SCRYPT.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * True for the password that `stored` was made from. Null costs the same computation and is false: an account without a password,
 * or no account at all, cannot be told from a wrong password by how long the answer takes.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const parts = parse(stored ?? nobody());
  if (!parts) {
    await verifyPassword(null, password);
    return false;
  }
  const { salt, hash } = parts;
  const computed =
    parts.algorithm === 'argon2id'
      ? await argon2id(password, salt, parts, hash.length)
      : await scrypted(password, salt, parts, hash.length);
  return timingSafeEqual(computed, hash) && stored !== null;
}

type Parts = { salt: Buffer; hash: Buffer } & (({ algorithm: 'argon2id' } & typeof ARGON2) | ({ algorithm: 'scrypt' } & typeof SCRYPT));

function parse(stored: string): Parts | null {
  const argon = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (argon) {
    const [memory, passes, parallelism] = argon.slice(1, 4).map(Number) as [number, number, number];
    const affordable = memory <= MOST.memory && passes <= MOST.passes && parallelism <= MOST.parallelism;
    return affordable && hasArgon2() ? { algorithm: 'argon2id', memory, passes, parallelism, ...bytesOf(argon) } : null;
  }
  const other = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (!other) return null;
  const [ln, r, p] = other.slice(1, 4).map(Number) as [number, number, number];
  return ln <= MOST.ln && r <= SCRYPT.r && p <= SCRYPT.p ? { algorithm: 'scrypt', ln, r, p, ...bytesOf(other) } : null;
}

function bytesOf(match: RegExpExecArray): { salt: Buffer; hash: Buffer } {
  return { salt: Buffer.from(match[4] ?? '', 'base64'), hash: Buffer.from(match[5] ?? '', 'base64') };
}

/** Random bytes in place of a hash: no password has them. */
function nobody(): string {
  const bytes = `${unpadded(randomBytes(SALT_BYTES))}$${unpadded(randomBytes(HASH_BYTES))}`;
  if (!hasArgon2()) return `$scrypt$ln=${SCRYPT.ln},r=${SCRYPT.r},p=${SCRYPT.p}$${bytes}`;
  return `$argon2id$v=19$m=${ARGON2.memory},t=${ARGON2.passes},p=${ARGON2.parallelism}$${bytes}`;
}

function argon2id(password: string, nonce: Buffer, { memory, passes, parallelism }: typeof ARGON2, tagLength: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', { message: bytes(password), nonce, memory, passes, parallelism, tagLength }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

function scrypted(password: string, salt: Buffer, { ln, r, p }: typeof SCRYPT, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const N = 2 ** ln;
    scrypt(bytes(password), salt, length, { N, r, p, maxmem: 256 * N * r }, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

/** One form for a character that two keyboards type as different sequences. */
function bytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'), 'utf8');
}

function hasArgon2(): boolean {
  return typeof (crypto as { argon2?: unknown }).argon2 === 'function';
}

function unpadded(buffer: Buffer): string {
  return buffer.toString('base64').replace(/=+$/, '');
}
