import { SupportError, isSupportError, type TicketDraft, type TicketKeys } from '@storefront-support/contract';
import { notOurs, strangersRefusal } from '../exchange.js';
import { beforehand, membersOf, type HelpDesk, type Question } from '../help-desk.js';
import { notFound } from '../refusals.js';
import { toJson } from '../to-json.js';
import {
  attributesOf,
  contactOf,
  firstOf,
  inboxPath,
  messageBody,
  messageIn,
  openingOf,
  threadIn,
  threadsIn,
  threadsPath,
  type TheirMessage,
  type TheirThread,
} from './mapping.js';

/** Who a customer is, as the shop has told with its secret of the inbox. */
export interface ChatwootIdentity {
  identifier: string;
  /** HMAC-SHA256 of the identifier, in hex. */
  identifierHash: string;
}

/** Asks one inbox. Every ticket has a contact of its own, which its secret opens: nothing else has to be kept. */
export class ChatwootThreads {
  readonly #desk: HelpDesk;
  readonly #inbox: string;
  readonly #identity: ChatwootIdentity | undefined;

  constructor(desk: HelpDesk, identity: ChatwootIdentity | undefined) {
    this.#desk = desk;
    this.#inbox = inboxPath(desk.options.desk ?? '');
    this.#identity = identity;
  }

  /** The thread of this number that the secret opens. Rejects with `not-found` where there is none. */
  async read(number: string, secret: string, signal: AbortSignal | undefined): Promise<TheirThread> {
    const threads = await this.#list(secret, signal);
    const thread = threads.find((each) => each.number === number);
    if (!thread || thread.messages.length === 0) throw notFound();
    return thread;
  }

  /** Files a ticket, or finds the one that an earlier try with the same secret has filed. */
  async file(draft: TicketDraft, { secret, idempotencyKey }: TicketKeys, files: readonly File[], signal: AbortSignal | undefined) {
    await beforehand(this.enter(secret, signal, contactOf(draft, secret)));
    const opening = openingOf(draft);
    const known = await beforehand(this.#list(secret, signal));
    const isSame = ({ messages }: TheirThread) => firstOf(messages) === opening.replace(/\r\n/g, '\n');
    // whom the shop has signed in is shown all that they have ever written
    let thread = this.#identity ? known.find((each) => each.status !== 'closed' && isSame(each)) : known[0];
    if (thread && thread.messages.length > 0) {
      if (!isSame(thread)) throw new SupportError('idempotency-mismatch', 'These keys have filed another draft.');
      return thread;
    }
    thread ??= threadIn(await beforehand(this.#post(threadsPath(secret), toJson(attributesOf(draft)), signal)));
    const message = await this.write(thread.number, secret, { text: opening, echoId: idempotencyKey, files }, signal);
    return { ...thread, messages: [message] };
  }

  /** Adds a message. */
  async write(
    number: string,
    secret: string,
    { text, echoId, files }: { text: string; echoId: string; files: readonly File[] },
    signal: AbortSignal | undefined,
  ): Promise<TheirMessage> {
    const path = threadsPath(secret, `/${encodeURIComponent(number)}/messages`);
    const message = messageIn(await this.#ask(path, { ...messageBody(text, echoId, files), signal }));
    if (!message) throw notOurs();
    return message;
  }

  /** Closes a thread. One that is closed stays so. */
  async close(number: string, secret: string, signal: AbortSignal | undefined): Promise<void> {
    await this.#post(threadsPath(secret, `/${encodeURIComponent(number)}/toggle_status`), '{}', signal);
  }

  /** Everything that there is now has been shown. */
  async markSeen(number: string, secret: string, signal: AbortSignal | undefined): Promise<void> {
    await this.#post(threadsPath(secret, `/${encodeURIComponent(number)}/update_last_seen`), '{}', signal);
  }

  /** Enters with a secret. Resolves with what a live connection is opened with. */
  async enter(secret: string, signal: AbortSignal | undefined, contact: object = { source_id: secret }): Promise<string> {
    const { identifier, identifierHash } = this.#identity ?? {};
    const proof = identifier === undefined ? {} : { identifier, identifier_hash: identifierHash };
    const answer = membersOf(await this.#post('/contacts', toJson({ ...contact, ...proof }), signal));
    const token = answer['pubsub_token'];
    if (answer['source_id'] !== secret || typeof token !== 'string') throw notOurs();
    return token;
  }

  /** None where the secret opens nothing. */
  async #list(secret: string, signal: AbortSignal | undefined): Promise<TheirThread[]> {
    try {
      return threadsIn(await this.#ask(threadsPath(secret), { signal }));
    } catch (error) {
      if (isSupportError(error) && error.code === 'not-found') return [];
      throw error;
    }
  }

  #post(path: string, body: string, signal: AbortSignal | undefined): Promise<unknown> {
    return this.#ask(path, { body, type: 'application/json', signal });
  }

  #ask(path: string, question: Question): Promise<unknown> {
    return this.#desk.ask(this.#inbox + path, { ...question, refuse });
  }
}

function refuse(status: number, headers: Headers): SupportError {
  return status === 404 ? notFound() : strangersRefusal(status, headers);
}
