import type { DeskConfig } from '../desk-config.js';
import { HeldKeys } from '../held/held-keys.js';
import { LinkKeys } from '../sign-in/link-keys.js';

/**
 * Addresses that mails carry. What must not be seen on the way stands behind the `#`: browsers send it to nobody, and mail scanners
 * that fetch the page do nothing with it.
 */
export class MailLinks {
  readonly #publicUrl: () => string;
  readonly #keys: LinkKeys;
  readonly #held: HeldKeys;

  /** @param publicUrl where customers reach the server, without a trailing slash. */
  constructor(publicUrl: () => string, installSecret: Uint8Array) {
    this.#publicUrl = publicUrl;
    this.#keys = new LinkKeys(installSecret);
    this.#held = new HeldKeys(installSecret);
  }

  /** Leads to a ticket, for those whom something lets in there. */
  ticket(desk: DeskConfig, number: string): string {
    return `${this.#page(desk)}#support-ticket=${number}`;
  }

  /** Signs in whoever follows it first. */
  signIn(desk: DeskConfig, linkId: string): string {
    return `${this.#page(desk)}#support-sign-in=${this.#keys.token(desk.desk.id, linkId)}`;
  }

  /**
   * Asks whether a held message is to be delivered. Whoever follows it may have no scripts, so it cannot stand behind the `#`: opening
   * the page does nothing, and what it opens is no more than that one message's delivery.
   */
  held({ desk }: DeskConfig, heldId: string): string {
    return `${this.#publicUrl()}/desks/${desk.id}/confirm/${this.#held.token(desk.id, heldId)}`;
  }

  #page({ desk, trackerUrl }: DeskConfig): string {
    return trackerUrl ?? `${this.#publicUrl()}/desks/${desk.id}`;
  }
}
