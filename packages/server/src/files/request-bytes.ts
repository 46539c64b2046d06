import type { IncomingMessage } from 'node:http';

/** Bytes held in memory at most. */
export const PIECE_BYTES = 512 * 1024;
/** A slow sender's bytes are written at least so often, so that a crash loses little of them. */
const PIECE_MS = 2_000;
/** Silence after which the connection is given up. A slow line is not silent. */
const SILENCE_MS = 60_000;

/** A piece of the body; the same memory is used for the next one. */
export interface Piece {
  bytes: Uint8Array;
  /** The connection ended before the body did, and nothing follows. */
  cut: boolean;
}

export interface RequestBytesOptions {
  /** So many bytes are still wanted; memory is taken for these and for one too many. */
  wanted: number;
  /** Aborts the connection. */
  signal: AbortSignal;
  onBytes: () => void;
}

/** The body in pieces of at most `PIECE_BYTES`. After a dropped connection what arrived comes as a last piece. */
export async function* requestBytes(incoming: IncomingMessage, { wanted, signal, onBytes }: RequestBytesOptions): AsyncGenerator<Piece> {
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, wanted + 1, Number(incoming.headers['content-length'] ?? PIECE_BYTES) || 1));
  let filled = 0;
  let begun = 0;
  const give = () => incoming.destroy();
  signal.addEventListener('abort', give, { once: true });
  incoming.setTimeout(SILENCE_MS, give);
  let cut = false;
  try {
    for await (const chunk of chunksOf(incoming)) {
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

function chunksOf(incoming: IncomingMessage): AsyncIterable<Buffer> {
  // Leaving the loop early must not close the connection: the answer still has to go out on it.
  return incoming.iterator({ destroyOnReturn: false });
}
