import type { DeskConfig } from '../desk-config.js';
import { LinkKeys } from '../sign-in/link-keys.js';

/**
 * Addresses that mails carry. What must not be seen on the way stands behind the `#`: browsers send it to nobody, and mail scanners
 * that fetch the page do nothing with it.
 */
export class MailLinks {
  readonly #publicUrl: () => string;
  readonly #keys: LinkKeys;

  /** @param publicUrl where customers reach the server, without a trailing slash. */
  constructor(publicUrl: () => string, installSecret: Uint8Array) {
    this.#publicUrl = publicUrl;
    this.#keys = new LinkKeys(installSecret);
  }

  /** Leads to a ticket, for those whom something lets in there. */
  ticket(desk: DeskConfig, number: string): string {
    return `${this.#page(desk)}#support-ticket=${number}`;
  }

  /** Signs in whoever follows it first. */
  signIn(desk: DeskConfig, linkId: string): string {
    return `${this.#page(desk)}#support-sign-in=${this.#keys.token(desk.desk.id, linkId)}`;
  }

  #page({ desk, trackerUrl }: DeskConfig): string {
    return trackerUrl ?? `${this.#publicUrl()}/desks/${desk.id}`;
  }
}
