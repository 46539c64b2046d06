/** Runs on a page of the shop: the adapter, and what the tests ask of it. */
import { PrestashopAdapter, type PrestashopAdapterOptions } from '@storefront-support/adapters/prestashop';
import { isSupportError, type Desk, type FieldProblems, type TicketDraft, type TicketReceipt } from '@storefront-support/contract';
import {
  conformanceCases,
  type ConformanceCase,
  type ConformanceFault,
  type StoredMessage,
} from '@storefront-support/contract/conformance';
import { page } from '../support/stand-ins/page-probe.ts';

export interface TestFile {
  name: string;
  type: string;
  bytes: number;
}

export interface Attempt {
  draft?: Partial<TicketDraft>;
  files?: TestFile[];
  /** The same one is the same draft; a new one otherwise. */
  key?: string;
  /** Runs between holding files and sending. */
  meanwhile?: string;
  /** Milliseconds after which it is aborted. */
  abortAfter?: number;
}

/** What became of it. */
export interface Outcome {
  receipt?: TicketReceipt;
  code?: string;
  retryable?: boolean;
  fields?: FieldProblems | undefined;
  said?: string | undefined;
}

/** What a page offers to its test. */
export interface InPage {
  open(options?: Partial<PrestashopAdapterOptions>): void;
  scope(): string;
  desk(): Promise<Desk>;
  prepare(): Promise<Desk | Outcome>;
  send(attempt?: Attempt): Promise<Outcome>;
  conformance(faults: ConformanceFault[]): Promise<string[]>;
  runCase(name: string): Promise<void>;
}

/** What a test exposes to the page for the conformance cases. */
interface Backend {
  backendCount(): Promise<number>;
  backendStored(marker: string): Promise<StoredMessage[]>;
  backendFault(fault: ConformanceFault | null): Promise<void>;
}

let adapter: PrestashopAdapter;
let cases: ConformanceCase[] = [];
let drafts = 0;

const make = (options: Partial<PrestashopAdapterOptions> = {}) =>
  new PrestashopAdapter({ page, url: '/contact-us', locale: 'en', otherWays: [], ...options });

function outcomeOf(error: unknown): Outcome {
  if (!isSupportError(error)) throw error;
  const { code, retryable, fields, said } = error;
  return { code, retryable, fields, said };
}

const inPage: InPage = {
  open(options) {
    adapter = make(options);
    const chosen = document.querySelector<HTMLInputElement>('#chosen');
    if (chosen) chosen.value = '';
  },
  scope: () => adapter.scope,
  desk: () => adapter.getDesk(),
  prepare: () => adapter.prepare().catch(outcomeOf),
  async send({ draft, files = [], key = `draft-${++drafts}-0123456789abcdef`, abortAfter, meanwhile } = {}) {
    const secret = 's'.repeat(43);
    const stop = new AbortController();
    if (abortAfter !== undefined) setTimeout(() => stop.abort(), abortAfter);
    try {
      const attachmentIds: string[] = [];
      const chosen = document.querySelector<HTMLInputElement>('#chosen')?.files ?? [];
      const made = files.map(({ name, type, bytes }) => new File([new Uint8Array(bytes)], name, { type }));
      for (const file of [...chosen, ...made]) attachmentIds.push((await adapter.attachments.upload(file, { secret })).id);
      if (meanwhile) await (window as unknown as Record<string, () => Promise<void>>)[meanwhile]?.();
      const whole: TicketDraft = {
        contactId: '2',
        kind: 'support',
        requester: { name: '', email: 'zoe@example.test' },
        subject: '',
        message: 'Where is my parcel?',
        attachmentIds,
        locale: 'en',
        ...draft,
      };
      return { receipt: await adapter.createTicket(whole, { keys: { idempotencyKey: key, secret }, signal: stop.signal }) };
    } catch (error) {
      return outcomeOf(error);
    }
  },
  async conformance(faults) {
    const { backendCount, backendStored, backendFault } = window as unknown as Backend;
    cases = await conformanceCases({
      adapter: () => make(),
      countTickets: backendCount,
      stored: backendStored,
      faults,
      fail: backendFault,
      lift: () => backendFault(null),
    });
    return cases.map(({ name }) => name);
  },
  async runCase(name) {
    await cases.find((one) => one.name === name)?.run();
  },
};

inPage.open();
Object.assign(window, { inPage });
