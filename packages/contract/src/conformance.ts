import type { AccessKind, VaultPass } from './access-record.js';
import type { SupportAdapter } from './adapter.js';
import { accessCases } from './conformance/access-cases.js';
import { attachmentCases } from './conformance/attachment-cases.js';
import { deliveryCases } from './conformance/delivery-cases.js';
import { heldFileCases } from './conformance/held-file-cases.js';
import { Bench } from './conformance/bench.js';
import { replyCases } from './conformance/reply-cases.js';
import { signInCases } from './conformance/sign-in-cases.js';
import { ticketCases } from './conformance/ticket-cases.js';
import { trackingCases } from './conformance/tracking-cases.js';
import type { Requester } from './people.js';
import type { TicketStatus } from './ticket.js';

/**
 * What a harness breaks between adapter and backend, from `fail()` until `lift()`. `status-500`: sends are answered so and
 * nothing is stored. `drop-answer`: sends are stored, their answers lost. `stall`: sends are never answered. `html-answer`: a
 * page of a proxy with status 200. `empty-answer`: status 200 without a body. `no-content`: status 204. `cut-upload`: files
 * break off after some of their bytes were acknowledged.
 */
export type ConformanceFault = 'status-500' | 'drop-answer' | 'stall' | 'html-answer' | 'empty-answer' | 'no-content' | 'cut-upload';

/** How the cases get at a backend. Everything optional that is absent leaves out what needs it. */
export interface ConformanceHarness {
  /** A new adapter on the same desk, as another customer's browser makes it. */
  adapter(): SupportAdapter | Promise<SupportAdapter>;
  /** Tickets the backend holds, all customers together. */
  countTickets?: (() => number | Promise<number>) | undefined;
  /** What the backend holds whose text, or sender's name where it takes no text, has `marker` in it: for adapters that cannot read a ticket back. */
  stored?: ((marker: string) => StoredMessage[] | Promise<StoredMessage[]>) | undefined;
  /** True: the backend counts its tickets, and a number opens nothing by itself. */
  countable?: boolean | undefined;
  /** Faults the harness can make. */
  faults?: readonly ConformanceFault[] | undefined;
  fail?: ((fault: ConformanceFault) => void | Promise<void>) | undefined;
  lift?: (() => void | Promise<void>) | undefined;
  /** Acts as an agent: writes to a ticket. `internal`: a note that no requester may see. */
  answer?: ((number: string, text: string, options: { internal: boolean }) => unknown) | undefined;
  /** Acts as an agent: changes a status. */
  setStatus?: ((number: string, status: TicketStatus) => unknown) | undefined;
  /** What the newest sign-in link mailed to this address carries in its fragment; undefined: none was mailed to it. */
  mailedLink?: ((email: string) => string | undefined | Promise<string | undefined>) | undefined;
  /** Acts as the shop: signs a token for somebody it knows. */
  identityToken?: ((requester: Requester) => string | Promise<string>) | undefined;
  /** Acts as an agent: asks for access on a ticket. */
  askAccess?: ((number: string, kinds: AccessKind[], reason: string) => unknown) | undefined;
  /** Acts as the vault page: seals a record of the kind `admin-panel` for the request of this pass, for a day. Resolves with its id. */
  sealRecord?: ((pass: VaultPass, requestId: string) => Promise<string>) | undefined;
  /** Milliseconds after which an abort that has not come through counts as swallowed; 2 000 otherwise. */
  patience?: number | undefined;
}

/** A message as a backend holds it. `contactId` where it tells. */
export interface StoredMessage {
  message: string;
  email: string;
  contactId?: string | undefined;
  files: { name: string; bytes: number }[];
}

/** One promise of the contract. */
export interface ConformanceCase {
  /** A plain sentence, the same for every backend. */
  name: string;
  /** Rejects, with what was expected and what came, when the promise is broken. */
  run(): Promise<void>;
}

/**
 * The cases every adapter must pass, for any test runner:
 * ```js
 * for (const { name, run } of await conformanceCases(harness)) it(name, run);
 * ```
 * They file tickets, so the backend should be one for tests, without limits on how many. Cases of one harness must not run at
 * the same time. An ability that the adapter or its desk does not have has no cases.
 */
export async function conformanceCases(harness: ConformanceHarness): Promise<ConformanceCase[]> {
  const bench = await Bench.over(harness);
  const sending = [...ticketCases(bench), ...deliveryCases(bench), ...attachmentCases(bench), ...heldFileCases(bench)];
  return [...sending, ...trackingCases(bench), ...replyCases(bench), ...signInCases(bench), ...accessCases(bench)];
}
