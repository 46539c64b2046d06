import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** Bytes held in memory at most. */
export const PIECE_BYTES = 512 * 1024;
/** A slow sender's bytes are written at least so often, so that a crash loses little of them. */
const PIECE_MS = 2_000;
/** Silence after which the connection is given up. A slow line is not silent. */
const SILENCE_MS = 60_000;

/** A piece of the body; the same memory is used for the next one. */
export interface Piece {
  bytes: Uint8Array;
  /** The body is not complete and nothing follows: the connection is gone, or `ending` is. */
  cut: boolean;
}

export interface RequestBytesOptions {
  /** So many bytes are still wanted; memory is taken for these and for one too many. */
  wanted: number;
  /** Aborts the connection. */
  signal: AbortSignal;
  onBytes: () => void;
  /** Once aborted, no more bytes are waited for. The connection stays. */
  ending?: AbortSignal | undefined;
}

/** The body in pieces of at most `PIECE_BYTES`. After a dropped connection what arrived comes as a last piece. */
export async function* requestBytes(
  incoming: IncomingMessage,
  { wanted, signal, onBytes, ending }: RequestBytesOptions,
): AsyncGenerator<Piece> {
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, wanted + 1, Number(incoming.headers['content-length'] ?? PIECE_BYTES) || 1));
  let filled = 0;
  let begun = 0;
  const give = () => incoming.destroy();
  signal.addEventListener('abort', give, { once: true });
  incoming.setTimeout(SILENCE_MS, give);
  let cut = false;
  try {
    for await (const chunk of chunksOf(incoming, ending)) {
      onBytes();
      for (let rest = chunk; rest.length > 0;) {
        if (filled === 0) begun = performance.now();
        const taken = rest.copy(piece, filled);
        filled += taken;
        rest = rest.subarray(taken);
        if (filled < piece.length && performance.now() - begun < PIECE_MS) continue;
        yield { bytes: piece.subarray(0, filled), cut: false };
        filled = 0;
      }
    }
  } catch {
    cut = true;
  } finally {
    signal.removeEventListener('abort', give);
    incoming.off('timeout', give);
  }
  if (filled > 0 || cut) yield { bytes: piece.subarray(0, filled), cut };
}

/** Throws where the connection ends before the body does, and when `ending` is aborted. */
export async function* chunksOf(incoming: Readable, ending: AbortSignal | undefined): AsyncGenerator<Buffer> {
  // Leaving the loop early must not close the connection: the answer still has to go out on it.
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  let leave: (() => void) | undefined;
  const onEnding = () => leave?.();
  ending?.addEventListener('abort', onEnding);
  try {
    for (;;) {
      const { done, value } = await new Promise<IteratorResult<Buffer, undefined>>((resolve, reject) => {
        leave = () => reject(new Error('The server is stopping.'));
        if (ending?.aborted) leave();
        else chunks.next().then(resolve, reject);
      });
      if (done) return;
      yield value;
    }
  } finally {
    ending?.removeEventListener('abort', onEnding);
    void chunks.return?.();
  }
}
