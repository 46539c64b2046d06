import type { AccessPort, CompleteTrackingPort, SignInPort } from '@storefront-support/contract';
import type { MemoryBackend } from './memory-backend.js';

const LINK_MS = 5 * 60_000;

/** The way to the backend, with its latency and faults. */
export interface MemoryLine {
  read<T>(signal: AbortSignal | undefined, work: () => T): Promise<T>;
  write<T>(signal: AbortSignal | undefined, work: () => T): Promise<T>;
}

/** Follows tickets of the backend. Links to files are `data:` addresses: nothing has to be revoked, and they work without a page. */
export function createTracking(backend: MemoryBackend, line: MemoryLine): CompleteTrackingPort {
  const { threads, sessions } = backend;
  return {
    openDevice: ({ tickets }, options) => line.read(options?.signal, () => sessions.openDevice(threads.numbersOpenedBy(tickets))),
    listTickets: (options) => line.read(options.signal, () => threads.list(options)),
    getThread: (number, options) => line.read(options.signal, () => threads.page(number, options)),
    reply: (number, draft, { keys, token, signal }) => line.write(signal, () => threads.reply(number, draft, keys, token)),
    setStatus: (number, change, { token, signal }) => line.write(signal, () => threads.requestStatus(number, change, token)),
    markSeen: (number, seq, { token, signal }) => line.write(signal, () => threads.markSeen(number, seq, token)),
    rate: (number, rating, { token, signal }) => line.write(signal, () => threads.rate(number, rating, token)),

    getAttachment: (number, id, { token, signal }) =>
      line.read(signal, () => {
        const { attachment, bytes } = threads.attachment(number, id, token);
        return new Blob([bytes], { type: attachment.type });
      }),

    linkAttachment: (number, id, { token, signal }) =>
      line.read(signal, () => {
        const { bytes } = threads.attachment(number, id, token);
        const expiresAt = new Date(backend.now() + LINK_MS).toISOString();
        // of any other type the file would be shown instead of saved, if at all
        return { url: `data:application/octet-stream;base64,${base64(bytes)}`, expiresAt };
      }),

    async follow(options) {
      const { signal } = options;
      try {
        await line.read(signal, () => undefined);
      } catch (error) {
        if (signal?.aborted) return;
        throw error;
      }
      await sessions.follow(options);
    },
  };
}

/** Signs people in. Links are mailed to nobody but `MemoryBackend.mails`; the shop's tokens come from `MemoryBackend.signIdentity`. */
export function createSignIn(backend: MemoryBackend, line: MemoryLine): SignInPort {
  const { threads, sessions } = backend;
  return {
    requestLink: (request, options) => line.write(options?.signal, () => sessions.requestLink(request, threads.requesterOf(request.email))),

    openSession: (request, options) =>
      line.write(options?.signal, () => {
        if ('tickets' in request) return sessions.openDevice(threads.numbersOpenedBy(request.tickets));
        if ('identityToken' in request) return sessions.openByIdentity(request.identityToken);
        return sessions.openByLink(request.linkToken, request.browserSecret, request.confirmed ?? false);
      }),

    listSessions: ({ token, signal }) => line.read(signal, () => sessions.list(token)),
    endSession: (id, { token, signal }) => line.write(signal, () => sessions.end(id, token)),
  };
}

/** Lends access. The page that asks is this one. */
export function createAccess(backend: MemoryBackend, line: MemoryLine): AccessPort {
  const { access, threads } = backend;
  const origin = (globalThis as { location?: { origin: string } }).location?.origin ?? 'null';
  return {
    getAccess: (number, { token, signal }) => line.read(signal, () => (threads.detail(number, token), access.state(number))),
    openVault: (number, id, { token, signal }) =>
      line.write(signal, () => (threads.detail(number, token), access.pass(number, id, origin))),
    decline: (number, id, { token, signal, reason = '' }) =>
      line.write(signal, () => (threads.detail(number, token), access.refuse(number, id, 'decline', reason))),
    offer: (number, { kinds, reason }, { token, signal, key }) =>
      line.write(signal, () => (threads.detail(number, token), access.offer(number, kinds, reason, key))),
    withdraw: (number, id, { token, signal, reason = '' }) =>
      line.write(signal, () => (threads.detail(number, token), access.refuse(number, id, 'withdraw', reason))),
    changeExpiry: (number, id, expiresAt, { token, signal }) =>
      line.write(
        signal,
        () => (
          threads.detail(number, token),
          access.change(number, id, { type: 'change-expiry', expiresAt: Date.parse(expiresAt), by: 'requester' })
        ),
      ),
    revoke: (number, id, { token, signal }) =>
      line.write(signal, () => (threads.detail(number, token), access.change(number, id, { type: 'revoke' }))),
    tickAfterCare: (number, id, done, { token, signal }) =>
      line.write(signal, () => (threads.detail(number, token), access.tick(number, id, done))),
    getAudit: async (number, { token, signal }) => line.read(signal, () => (threads.detail(number, token), access.audit(number))),
  };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // as arguments of one call, the bytes of a large file are too many
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
