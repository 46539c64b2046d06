import { isSupportError } from '@storefront-support/contract';
import { jsonOf, lost, type Connection } from '../exchange.js';
import { membersOf } from '../help-desk.js';
import { subscriptionOf, tellsOfChange } from './mapping.js';

/** The server says something every three seconds. */
const SILENCE_MS = 30_000;

/** What to listen to: live tokens, and what is called when one of them has news. */
export interface Listening {
  /** Address of the installation. */
  url: string;
  tokens: readonly string[];
  onNews: (token: string) => Promise<void>;
  onOpen: () => void;
  signal: AbortSignal | undefined;
  open: (url: string, protocol: string) => WebSocket;
}

/** Listens until `signal` aborts, and resolves then. Rejects when the connection ends. */
export function listenToCable(connection: Connection, { url, tokens, onNews, onOpen, signal, open }: Listening): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  const channels = new Map(tokens.map((token) => [subscriptionOf(token).identifier, token]));
  const unconfirmed = new Set(channels.keys());
  return new Promise((resolve, reject) => {
    const socket = open(`${url.replace(/^http/, 'ws')}/cable`, 'actioncable-v1-json');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (cause?: unknown) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      for (const [type, listener] of listeners) socket.removeEventListener(type, listener);
      socket.close();
      if (signal?.aborted) resolve();
      else reject(isSupportError(cause) ? cause : lost(connection, url, cause));
    };
    const onAbort = () => end();
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
    };
    const hear = (event: Event) => {
      wait();
      const { type, identifier, message } = membersOf(jsonOf(String((event as MessageEvent).data)));
      const channel = String(identifier);
      const token = channels.get(channel);
      if (type === 'welcome') {
        for (const each of tokens) socket.send(subscriptionOf(each).command);
        if (tokens.length === 0) onOpen();
      } else if (type === 'confirm_subscription' && unconfirmed.delete(channel) && unconfirmed.size === 0) onOpen();
      else if (type === 'reject_subscription' || type === 'disconnect') end(type);
      else if (token !== undefined && tellsOfChange(message)) onNews(token).catch(end);
    };
    const listeners: [string, (event: Event) => void][] = [
      ['message', hear],
      ['close', () => end('close')],
      ['error', () => end('error')],
    ];
    for (const [type, listener] of listeners) socket.addEventListener(type, listener);
    signal?.addEventListener('abort', onAbort);
    wait();
  });
}
