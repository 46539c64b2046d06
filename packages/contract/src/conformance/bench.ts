import type { SupportAdapter } from '../adapter.js';
import type { ConformanceFault, ConformanceHarness } from '../conformance.js';
import type { Contact } from '../contact.js';
import type { Desk } from '../desk.js';
import type { TicketDraft, TicketKeys, TicketReceipt } from '../ticket.js';
import { expect, expectEqual } from './expect.js';

/** What all cases stand on: the desk, drafts for it, and counted sends. */
export class Bench {
  readonly harness: ConformanceHarness;
  /** The adapter whose abilities decide which cases there are. */
  readonly adapter: SupportAdapter;
  readonly desk: Desk;
  /** One that keeps messages, where there is one: only there a ticket can be compared with its draft. */
  readonly contact: Contact;

  private constructor(harness: ConformanceHarness, adapter: SupportAdapter, desk: Desk) {
    this.harness = harness;
    this.adapter = adapter;
    this.desk = desk;
    this.contact = desk.contacts.find(({ keepsMessages }) => keepsMessages) ?? (desk.contacts[0] as Contact);
  }

  static async over(harness: ConformanceHarness): Promise<Bench> {
    const adapter = await harness.adapter();
    return new Bench(harness, adapter, await adapter.getDesk());
  }

  /** A draft without faults; each is another person's. */
  draft(changes: Partial<TicketDraft> = {}): TicketDraft {
    const name = randomToken(6);
    return {
      contactId: this.contact.id,
      kind: 'support',
      requester: { name: `Zoë Ångström ${name}`, email: `zoe.${name.toLowerCase()}@example.com` },
      subject: `Parcel ${name} – où est-il ? 📦`,
      message: `Hello,\n\nit has not come.\n  <b>Really</b> & "truly".\nمرحبا`,
      orderReference: `ORD-${name}`,
      attachmentIds: [],
      locale: 'fr-CA',
      ...changes,
    };
  }

  can(fault: ConformanceFault): boolean {
    const { faults, fail, lift } = this.harness;
    return Boolean(fail && lift && faults?.includes(fault));
  }

  /** Runs `work` while the fault lasts. */
  async during<T>(fault: ConformanceFault, work: () => Promise<T>): Promise<T> {
    await this.harness.fail?.(fault);
    try {
      return await work();
    } finally {
      await this.harness.lift?.();
    }
  }

  /** Runs `work` and fails unless it has added `expected` tickets, where tickets can be counted. */
  async adding<T>(expected: number, work: () => Promise<T>): Promise<T> {
    const before = await this.harness.countTickets?.();
    const result = await work();
    const after = await this.harness.countTickets?.();
    if (before !== undefined && after !== undefined) expectEqual(after - before, expected, 'tickets added');
    return result;
  }

  /** Files the draft, reads the ticket back and compares the two. */
  async expectKept(adapter: SupportAdapter, receipt: TicketReceipt, draft: TicketDraft, keys: TicketKeys): Promise<void> {
    const { id, number, kind, status, createdAt, firstResponseDueAt } = receipt.ticket;
    const detail = await adapter.getTicket(number, { secret: keys.secret });
    const { contactId, orderReference } = detail;
    const fromTicket = [detail.id, detail.number, detail.kind, detail.status, detail.createdAt, detail.firstResponseDueAt];
    expectEqual(fromTicket, [id, number, kind, status, createdAt, firstResponseDueAt], 'the ticket, compared with its receipt');
    expectEqual(
      [contactId, kind, orderReference],
      [draft.contactId, draft.kind, draft.orderReference ?? null],
      'contact, kind, order reference',
    );
    expectEqual(detail.attachments.length, draft.attachmentIds.length, 'files');
    if (this.contact.keepsMessages) expectEqual([detail.subject, detail.message], [draft.subject, draft.message], 'subject and message');
  }

  /** Fails where `promise` does not settle within the harness's patience. */
  async promptly<T>(promise: Promise<T>, what: string): Promise<T> {
    const { patience = 2_000 } = this.harness;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what}: nothing within ${patience} ms`)), patience);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Asserts without an answer that with this adapter tickets can be followed, and returns the port. */
export function trackingOf(adapter: SupportAdapter): NonNullable<SupportAdapter['tracking']> {
  expect(adapter.tracking, 'with this adapter nothing can be followed, with the one before it could');
  return adapter.tracking;
}

/** Asserts without an answer that with this adapter people can sign in, and returns the port. */
export function signInOf(adapter: SupportAdapter): NonNullable<SupportAdapter['signIn']> {
  expect(adapter.signIn, 'with this adapter nobody can sign in, with the one before they could');
  return adapter.signIn;
}

/** Keys as a browser makes them. */
export function newKeys(): TicketKeys {
  return { idempotencyKey: randomToken(22), secret: randomToken(43) };
}

/** Random characters of base64url. */
export function randomToken(length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 64]).join('');
}

/** Asserts without an answer that this adapter takes files and returns the port. */
export function attachmentsOf(adapter: SupportAdapter): NonNullable<SupportAdapter['attachments']> {
  expect(adapter.attachments, 'this adapter takes no files, the one before did');
  return adapter.attachments;
}
