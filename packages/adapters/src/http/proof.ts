import { SupportError, isSupportError } from '@storefront-support/contract';
import { aborted, unlessAborted } from '../abort.js';
import { toJson } from '../to-json.js';

/** What the server asks for: a counter whose derived key begins with `keyPrefix` (ALTCHA, version 2). */
export interface Challenge {
  parameters: {
    /** `PBKDF2/SHA-256`, `-384` or `-512`. */
    algorithm: string;
    /** Hex. */
    nonce: string;
    /** Hex. */
    salt: string;
    /** Iterations of one derivation. */
    cost: number;
    /** Bytes. */
    keyLength?: number;
    /** Hex digits, possibly an odd number of them. */
    keyPrefix: string;
    /** Seconds since 1970 by the server's clock. */
    expiresAt?: number;
  };
  signature?: string;
}

interface Proof {
  /** Undefined: the desk asks for none, or this browser cannot make one. */
  payload: string | undefined;
  /** Milliseconds since 1970 by this device's clock, after which it is not worth sending. */
  staleAt: number;
}

/** Derivations that run at once: WebCrypto has threads of its own. */
const BATCH = [0, 1, 2, 3];
const SLICE_MS = 20;
/** Sending takes a while, too. */
const MARGIN_MS = 30_000;

/**
 * Proof of work, solved in slices of asynchronous WebCrypto: no worker, which strict policies refuse, and no long task. One
 * proof at a time, kept until it is discarded or about to expire. Pages without `crypto.subtle` (plain http) get none.
 */
export class ProofOfWork {
  readonly #fetchChallenge: (signal: AbortSignal | undefined) => Promise<Challenge | null>;
  #solving: Promise<Proof> | undefined;

  constructor(fetchChallenge: (signal: AbortSignal | undefined) => Promise<Challenge | null>) {
    this.#fetchChallenge = fetchChallenge;
  }

  /** A proof that can be sent now, as the header's value; undefined where none is needed or possible. */
  async take(signal: AbortSignal | undefined): Promise<string | undefined> {
    if (!(globalThis.crypto?.subtle as SubtleCrypto | undefined)) return undefined;
    for (;;) {
      if (signal?.aborted) throw aborted(signal.reason);
      const solving = (this.#solving ??= this.#solve(signal));
      try {
        const { payload, staleAt } = await unlessAborted(solving, signal);
        if (Date.now() < staleAt) return payload;
        this.#forget(solving);
      } catch (error) {
        this.#forget(solving);
        // the one who began it went away; who still waits begins again
        if (signal?.aborted || !isSupportError(error) || error.code !== 'aborted') throw error;
      }
    }
  }

  /** The one at hand is spent or was refused. */
  discard(): void {
    this.#solving = undefined;
  }

  async #solve(signal: AbortSignal | undefined): Promise<Proof> {
    const challenge = await this.#fetchChallenge(signal);
    if (!challenge) return { payload: undefined, staleAt: Infinity };
    const { parameters, signature } = challenge;
    const lastsUntil = (parameters.expiresAt ?? Infinity) * 1_000 - MARGIN_MS;
    // stale on arrival means that this device's clock is wrong: then the server decides
    const staleAt = lastsUntil > Date.now() ? lastsUntil : Infinity;
    const solution = await solve(challenge, signal);
    return { payload: btoa(toJson({ challenge: { parameters, signature }, solution })), staleAt };
  }

  #forget(solving: Promise<Proof>): void {
    if (this.#solving === solving) this.#solving = undefined;
  }
}

async function solve({ parameters }: Challenge, signal: AbortSignal | undefined): Promise<{ counter: number; derivedKey: string }> {
  const { nonce, salt, cost, keyLength = 32, keyPrefix } = parameters;
  const hash = /^PBKDF2\/(SHA-(?:256|384|512))$/.exec(parameters.algorithm)?.[1];
  if (!hash || !keyPrefix)
    throw new SupportError('misconfigured', `Challenges of the kind "${parameters.algorithm}" cannot be solved here.`);
  const derive = async (counter: number) => {
    const password = new Uint8Array([...bytesOf(nonce), counter >>> 24, counter >>> 16, counter >>> 8, counter]);
    const key = await crypto.subtle.importKey('raw', password, { name: 'PBKDF2' }, false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', salt: bytesOf(salt), iterations: cost, hash }, key, keyLength * 8);
    return hexOf(new Uint8Array(bits));
  };
  let sliceEnds = performance.now() + SLICE_MS;
  for (let next = 0; ; next += BATCH.length) {
    const keys = await Promise.all(BATCH.map((n) => derive(next + n)));
    const found = keys.findIndex((key) => key.startsWith(keyPrefix.toLowerCase()));
    if (found >= 0) return { counter: next + found, derivedKey: keys[found] as string };
    if (performance.now() < sliceEnds) continue;
    await nextTask();
    if (signal?.aborted) throw aborted(signal.reason);
    sliceEnds = performance.now() + SLICE_MS;
  }
}

/** Lets input and rendering go first. A timer would wait a second each time in a hidden tab. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
