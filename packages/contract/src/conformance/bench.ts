import type { CompleteTrackingPort, CreateTicketOptions, GetTicketOptions, SupportAdapter, TrackingPort } from '../adapter.js';
import type { ConformanceFault, ConformanceHarness } from '../conformance.js';
import type { Contact } from '../contact.js';
import type { Desk, OptionalField } from '../desk.js';
import type { NumberedReceipt, TicketDetail, TicketDraft, TicketKeys, TicketReceipt } from '../ticket.js';
import type { FieldSpec } from '../field.js';
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
    const desk = await adapter.getDesk();
    return new Bench(harness, adapter, (desk.late && (await adapter.prepare?.())) || desk);
  }

  /** A draft without faults for this desk; each is another person's. */
  draft(changes: Partial<TicketDraft> = {}): TicketDraft {
    const { without = [], orders, fields } = this.desk;
    const name = randomToken(6);
    const order = orders ? orders[0] : `ORD-${name}`;
    const kept = (place: OptionalField, text: string) => (without.includes(place) ? '' : text);
    return {
      contactId: this.contact.id,
      kind: 'support',
      requester: {
        name: kept('requester.name', `Zoë Ångström ${name}`),
        email: kept('requester.email', `zoe.${name.toLowerCase()}@example.com`),
      },
      subject: kept('subject', `Parcel ${name} – où est-il ? 📦`),
      message: kept('message', `Hello,\n\nit has not come: ${randomToken(12)}.\n  <b>Really</b> & "truly".\nمرحبا`),
      orderReference: without.includes('orderReference') ? undefined : order,
      attachmentIds: [],
      ...(fields && { extra: Object.fromEntries(fields.map((spec) => [spec.name, answerTo(spec)])) }),
      locale: 'fr-CA',
      ...changes,
    };
  }

  /** Files with a backend that gives numbers. */
  async file(adapter: SupportAdapter, draft: TicketDraft, options: CreateTicketOptions): Promise<NumberedReceipt> {
    const receipt = await adapter.createTicket(draft, options);
    expect(receipt.ticket, 'a receipt without a ticket, though tickets can be read back');
    return receipt as NumberedReceipt;
  }

  /** Reads a ticket back. */
  read(adapter: SupportAdapter, number: string, options: GetTicketOptions): Promise<TicketDetail> {
    expect(adapter.getTicket, 'with this adapter no ticket can be read back, with the one before it could');
    return adapter.getTicket(number, options);
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

  /** Compares what the backend holds with the draft: as its owner reads it, else as the harness finds it, else not at all. */
  async expectKept(adapter: SupportAdapter, receipt: TicketReceipt, draft: TicketDraft, keys: TicketKeys): Promise<void> {
    if (!adapter.getTicket || !receipt.ticket) return this.#expectStored(draft);
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
    const { keepsMessages } = this.desk.contacts.find((contact) => contact.id === draft.contactId) ?? this.contact;
    if (keepsMessages)
      expectEqual([detail.subject, linesOf(detail.message)], [draft.subject, linesOf(draft.message)], 'subject and message');
  }

  async #expectStored({ message, requester, contactId, attachmentIds }: TicketDraft): Promise<void> {
    const marker = /[\w-]{12}/.exec(message)?.[0] ?? requester.name;
    const found = await this.harness.stored?.(marker);
    if (!found) return;
    expectEqual(found.length, 1, 'messages that the backend holds of it');
    const [held] = found;
    expectEqual([held?.email, held?.contactId ?? contactId], [requester.email, contactId], 'address and contact');
    expectEqual(held?.files.length, attachmentIds.length, 'files');
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

/** Asserts without an answer that with this adapter help can be rated, and returns the verb. */
export function ratingOf(port: TrackingPort): CompleteTrackingPort['rate'] {
  expect(port.rate, 'with this adapter nobody can rate, with the one before they could');
  return port.rate.bind(port);
}

/** Asserts without an answer that this adapter hands out bytes, and returns the verb. */
export function bytesOf(port: TrackingPort): CompleteTrackingPort['getAttachment'] {
  expect(port.getAttachment, 'this adapter hands out no bytes, the one before did');
  return port.getAttachment.bind(port);
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

/** A text whose line breaks are not what is compared: a form sends them in its own way. */
function linesOf(text: string | null): string | undefined {
  return text?.replaceAll('\r\n', '\n');
}

/** Something that a field takes. */
function answerTo({ control, options, maxLength = 40 }: FieldSpec): string {
  if (control === 'checkbox') return 'true';
  if (control === 'select') return options?.find(({ value }) => value)?.value ?? '';
  return { email: 'zoe@example.com', tel: '+33199001234', text: 'Blue', textarea: 'Blue' }[control].slice(0, maxLength);
}
