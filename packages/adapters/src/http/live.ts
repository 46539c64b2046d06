import { isSupportError, type FollowOptions, type TicketHint } from '@storefront-support/contract';
import { fetchOptions } from '../fetch-options.js';
import { jsonOf, lost, notOurs, refusal, type Connection, type OutgoingRequest } from '../request.js';
import { isCount, isName, shape } from './answers.js';
import { eventStreamParser } from './event-stream.js';

/** The server says something every 25 seconds: after this much silence the connection is gone, though nobody was told. */
const SILENCE_MS = 60_000;

const isHint = shape<TicketHint>({ number: isName, seq: isCount });

/** Hints of the stream that is asked for. Resolves when `signal` aborts, rejects with a `SupportError` when the stream ends. */
export async function follow(
  connection: Connection,
  { url, headers }: OutgoingRequest,
  { signal, onHint, onOpen }: FollowOptions,
): Promise<void> {
  if (signal?.aborted) return;
  const stop = new AbortController();
  const abort = () => stop.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, SILENCE_MS);
  };
  const parse = eventStreamParser(
    (type, data) => {
      if (type !== 'ticket') return;
      const hint = jsonOf(data);
      if (!isHint(hint)) throw notOurs();
      onHint({ number: hint.number, seq: hint.seq });
    },
    (comment) => comment === 'open' && onOpen?.(),
  );
  signal?.addEventListener('abort', abort);
  try {
    wait();
    const response = await connection.fetch(url, fetchOptions('GET', { ...headers, Accept: 'text/event-stream' }, null, stop.signal));
    if (!response.ok) throw refusal(response.status, response.headers, await response.text());
    const reader = response.headers.get('Content-Type')?.startsWith('text/event-stream') && response.body?.getReader();
    if (!reader) throw notOurs(response.status);
    for (let part = await reader.read(); !part.done && !signal?.aborted; part = await reader.read()) {
      wait();
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
