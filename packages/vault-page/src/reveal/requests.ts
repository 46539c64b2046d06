import type { AccessKind, AccessRequest } from '@storefront-support/contract';
import { newId } from '../base/new-id.js';
import type { AskDraft } from './agent-api.js';
import type { VaultReveal } from './vault-reveal.js';

const DAY_MS = 86_400_000;
/** As a ticket's number is written. */
const NUMBER = /^\w{4}-\w{4}$/;

/** What an agent asks for, and what a customer offers, on one ticket at a time. */
export class Requests {
  readonly #page: VaultReveal;
  /** Number of the ticket that `open` is of. */
  ticket = '';
  /** Those that somebody can still answer or take back, the newest first. */
  open: readonly AccessRequest[] = [];
  /** True: nothing was chosen when asked. */
  nothingChosen = false;
  /** Of the reading that counts. */
  #turn = 0;
  /** The same question, however often it is sent. */
  #asking: { text: string; draft: AskDraft; key: string } | undefined;

  constructor(page: VaultReveal) {
    this.#page = page;
  }

  /** Reads what is open on a ticket; on one that this agent does not serve there is nothing. */
  async read(ticket: string): Promise<void> {
    const { api, desk } = this.#page;
    this.ticket = ticket;
    const turn = ++this.#turn;
    const { requests } = ticket ? await api.access(desk, ticket) : { requests: [] };
    // another one was typed meanwhile, or the same has changed
    if (turn !== this.#turn) return;
    this.open = requests.filter(({ state }) => /^(offered|asked|answered)$/.test(state));
    this.#page.requestUpdate();
  }

  /** Another number is typed: what is open is read once it is whole, before a hand is at what stands below. */
  look(ticket: string): void {
    if (ticket === this.ticket) return;
    this.ticket = ticket;
    this.#turn++;
    this.open = [];
    this.#page.requestUpdate();
    if (NUMBER.test(ticket)) void this.read(ticket).catch(() => undefined);
  }

  ask(ticket: string, kinds: AccessKind[], reason: string, days: number): Promise<boolean> {
    this.nothingChosen = kinds.length === 0;
    this.#page.requestUpdate();
    if (this.nothingChosen) return Promise.resolve(false);
    return this.#page.run(async () => {
      const { api, desk, text } = this.#page;
      const said = JSON.stringify([desk, ticket, kinds, reason, days]);
      if (this.#asking?.text !== said) {
        const neededUntil = new Date(Date.now() + days * DAY_MS - 60_000).toISOString();
        this.#asking = { text: said, draft: { kinds, reason, neededUntil }, key: newId() };
      }
      await api.askFor(desk, ticket, this.#asking.draft, this.#asking.key);
      this.#asking = undefined;
      this.#page.say(text?.asked ?? '');
      await this.read(ticket).catch(() => undefined);
    });
  }

  /** Accepts or declines an offer, or takes a request back. */
  answer({ id }: AccessRequest, answer: 'accept' | 'decline' | 'withdraw'): Promise<boolean> {
    const { ticket } = this;
    return this.#page.run(async () => {
      const { api, desk, text } = this.#page;
      try {
        await api.answerRequest(desk, ticket, id, answer);
        this.#page.say(text?.answered[answer] ?? '');
      } finally {
        await this.read(ticket).catch(() => undefined);
      }
    });
  }
}
