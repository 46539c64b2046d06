import { isSupportError, type FollowOptions, type TicketHint } from '@storefront-support/contract';
import { fetchOptions } from '../fetch-options.js';
import { jsonOf, lost, notOurs, refusal, type Connection } from '../request.js';
import { eventStreamParser } from './event-stream.js';

/** The server says something every 25 seconds: after this much silence the connection is gone, though nobody was told. */
const SILENCE_MS = 60_000;

/** Hints of one stream. Resolves when `signal` aborts, rejects with a `SupportError` when the stream ends. */
export async function follow(connection: Connection, url: string, { token, signal, onHint, onOpen }: FollowOptions): Promise<void> {
  if (signal?.aborted) return;
  const stop = new AbortController();
  const abort = () => stop.abort();
  let timer = setTimeout(abort, SILENCE_MS);
  signal?.addEventListener('abort', abort);
  const parse = eventStreamParser(
    (type, data) => type === 'ticket' && onHint(hintOf(data)),
    (comment) => comment === 'open' && onOpen?.(),
  );
  try {
    const headers = { Accept: 'text/event-stream', Authorization: `Bearer ${token}` };
    const response = await connection.fetch(url, fetchOptions('GET', headers, null, stop.signal));
    if (!response.ok) throw refusal(response.status, response.headers, await response.text());
    if (!response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) throw notOurs(response.status);
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done && !signal?.aborted; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE_MS);
      parse(part.value);
    }
    throw lost(connection, url);
  } catch (error) {
    if (!signal?.aborted) throw isSupportError(error) ? error : lost(connection, url, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    abort();
  }
}

function hintOf(data: string): TicketHint {
  const hint = jsonOf(data) as TicketHint | null | undefined;
  if (typeof hint?.number !== 'string' || !Number.isSafeInteger(hint.seq)) throw notOurs(data);
  return { number: hint.number, seq: hint.seq };
}
