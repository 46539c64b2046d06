import {
  isSupportError,
  type AttachmentPort,
  type CreateTicketOptions,
  type SignInPort,
  type SupportAdapter,
  type TicketDraft,
  type NumberedReceipt,
  type TrackingPort,
} from '@storefront-support/contract';
import { fingerprintOf } from '../fingerprint.js';
import { MemoryAdapter } from './memory-adapter.js';
import type { MemoryBackend } from './memory-backend.js';

/** What each broken adapter does wrong. */
export type BrokenAdapterName =
  | 'loses-a-ticket'
  | 'doubles-a-ticket'
  | 'says-sent-on-a-500'
  | 'ignores-the-idempotency-key'
  | 'swallows-an-abort'
  | 'drops-a-file'
  | 'mixes-files'
  | 'reports-a-wrong-due-time'
  | 'leaks-another-ticket'
  | 'doubles-a-reply'
  | 'leaks-another-thread'
  | 'confirms-for-another-browser';

/** One that gives numbers and reads them back. */
type ReadingAdapter = Omit<SupportAdapter, 'createTicket' | 'getTicket'> & Pick<MemoryAdapter, 'createTicket' | 'getTicket'>;
type CreateTicket = (inner: MemoryAdapter, draft: TicketDraft, options: CreateTicketOptions) => Promise<NumberedReceipt>;

const sends = new WeakMap<MemoryBackend, number>();
/** Secrets by ticket number, which a backend must never hand out. */
const leaked = new WeakMap<MemoryBackend, Map<string, string>>();

/**
 * Adapters that break one promise each, to prove that the conformance cases notice. Each takes the backend to stand on, so that
 * several customers can share it.
 */
export const brokenAdapters: Record<BrokenAdapterName, (backend: MemoryBackend) => SupportAdapter> = {
  'loses-a-ticket': (backend) =>
    breaking(backend, (inner, draft, options) => {
      const sent = (sends.get(backend) ?? 0) + 1;
      sends.set(backend, sent);
      return (sent % 3 === 0 ? new MemoryAdapter({ desk: backend.desk }) : inner).createTicket(draft, options);
    }),

  'doubles-a-ticket': (backend) =>
    breaking(backend, async (inner, draft, options) => {
      const receipt = await inner.createTicket(draft, options);
      await inner.createTicket(draft, { ...options, keys: withOtherKey(options) }).catch(() => undefined);
      return receipt;
    }),

  'says-sent-on-a-500': (backend) =>
    breaking(backend, (inner, draft, options) =>
      inner.createTicket(draft, options).catch((error: unknown) => {
        if (!isSupportError(error) || error.code !== 'internal') throw error;
        const createdAt = new Date().toISOString();
        const ticket = { id: '1', number: '2345-6789', status: 'open', kind: draft.kind, createdAt, firstResponseDueAt: null } as const;
        return { ticket, confirmationMail: 'queued' } as const;
      }),
    ),

  'ignores-the-idempotency-key': (backend) =>
    breaking(backend, (inner, draft, options) => inner.createTicket(draft, { ...options, keys: withOtherKey(options) })),

  'swallows-an-abort': (backend) =>
    breaking(backend, (inner, draft, options) => inner.createTicket(draft, { ...options, signal: undefined })),

  'drops-a-file': (backend) =>
    breaking(backend, (inner, draft, options) => inner.createTicket({ ...draft, attachmentIds: draft.attachmentIds.slice(0, 1) }, options)),

  'mixes-files': (backend) => {
    const adapter = breaking(backend, (inner, draft, options) => inner.createTicket(draft, options));
    const port = new MemoryAdapter({ backend }).attachments;
    // as if nobody had looked at what the upload was begun with
    const upload: AttachmentPort['upload'] = async (file, options) => {
      const resume = options.resume?.replace(/\..*/, `.${await fingerprintOf(file)}`);
      return port.upload(file, { ...options, resume });
    };
    return { ...adapter, attachments: { ...port, upload } };
  },

  'reports-a-wrong-due-time': (backend) => {
    const later = <T extends { firstResponseDueAt: string | null }>(ticket: T): T => {
      const due = ticket.firstResponseDueAt;
      return { ...ticket, firstResponseDueAt: due && new Date(Date.parse(due) + 3_600_000).toISOString() };
    };
    const adapter = breaking(backend, async (inner, draft, options) => {
      const receipt = await inner.createTicket(draft, options);
      return { ...receipt, ticket: later(receipt.ticket) };
    });
    const { getTicket } = adapter;
    return { ...adapter, getTicket: async (number, options) => later(await getTicket(number, options)) };
  },

  'leaks-another-ticket': (backend) => {
    const secrets = leaked.get(backend) ?? new Map<string, string>();
    leaked.set(backend, secrets);
    const adapter = breaking(backend, async (inner, draft, options) => {
      const receipt = await inner.createTicket(draft, options);
      secrets.set(receipt.ticket.number, options.keys.secret);
      return receipt;
    });
    const { getTicket } = adapter;
    return {
      ...adapter,
      getTicket: (number, options) => getTicket(number, { ...options, secret: secrets.get(number) ?? options.secret }),
    };
  },

  'doubles-a-reply': (backend) =>
    following(backend, ({ reply }) => ({
      reply: async (number, draft, options) => {
        const receipt = await reply(number, draft, options);
        if (draft.attachmentIds.length === 0) await reply(number, draft, { ...options, keys: withOtherKey(options) });
        return receipt;
      },
    })),

  'leaks-another-thread': (backend) => {
    const secrets = leaked.get(backend) ?? new Map<string, string>();
    leaked.set(backend, secrets);
    const adapter = following(backend, ({ getThread }) => ({
      getThread: (number, options) => getThread(number, { ...options, token: secrets.get(number) ?? options.token }),
    }));
    return {
      ...adapter,
      async createTicket(draft: TicketDraft, options: CreateTicketOptions) {
        const receipt = await adapter.createTicket(draft, options);
        secrets.set(receipt.ticket.number, options.keys.secret);
        return receipt;
      },
    };
  },

  'confirms-for-another-browser': (backend) => {
    const adapter = following(backend, () => ({}));
    const { signIn } = new MemoryAdapter({ backend });
    const openSession: SignInPort['openSession'] = (request, options) =>
      signIn.openSession('linkToken' in request ? { ...request, confirmed: true } : request, options);
    return { ...adapter, signIn: { ...signIn, openSession } };
  },
};

/** Holds all promises about tickets; `change` is what it makes of those about following them. */
function following(backend: MemoryBackend, change: (port: TrackingPort) => Partial<TrackingPort>): ReadingAdapter {
  const { tracking, signIn } = new MemoryAdapter({ backend });
  const adapter = breaking(backend, (inner, draft, options) => inner.createTicket(draft, options));
  return { ...adapter, tracking: { ...tracking, ...change(tracking) }, signIn };
}

function breaking(backend: MemoryBackend, createTicket: CreateTicket): ReadingAdapter {
  const inner = new MemoryAdapter({ backend });
  return {
    name: 'memory',
    delivery: 'exactly-once',
    scope: inner.scope,
    getDesk: (options) => inner.getDesk(options),
    createTicket: (draft, options) => createTicket(inner, draft, options),
    getTicket: (number, options) => inner.getTicket(number, options),
    attachments: inner.attachments,
  };
}

function withOtherKey({ keys }: Pick<CreateTicketOptions, 'keys'>): CreateTicketOptions['keys'] {
  const random = crypto.getRandomValues(new Uint32Array(4));
  return { secret: keys.secret, idempotencyKey: `other-${random.join('-')}` };
}
