import { createHmac } from 'node:crypto';
import { mailboxOf } from '../mail/address.js';

/** What is derived from the installation's secret so that it need not be stored. */
export class LinkKeys {
  readonly #tokens: Buffer;
  readonly #addresses: Buffer;

  constructor(installSecret: Uint8Array) {
    this.#tokens = createHmac('sha256', installSecret).update('sign-in-link').digest();
    this.#addresses = createHmac('sha256', installSecret).update('sign-in-address').digest();
  }

  /**
   * The token of a link, 43 characters of base64url. It stands nowhere but in the mail: each attempt to send it works it out anew
   * from the random id of the link.
   */
  token(deskId: string, linkId: string): string {
    return createHmac('sha256', this.#tokens)
      .update(JSON.stringify([deskId, linkId]))
      .digest('base64url');
  }

  /** What stands for an address at a desk, and what for its mailbox: equal for equal ones, and telling nobody which. */
  address(deskId: string, email: string): { addressHash: string; mailboxHash: string } {
    const emailKey = email.toLowerCase();
    const hash = (kind: string, text: string) =>
      createHmac('sha256', this.#addresses)
        .update(JSON.stringify([deskId, kind, text]))
        .digest('base64url');
    return { addressHash: hash('address', emailKey), mailboxHash: hash('mailbox', mailboxOf(emailKey)) };
  }
}
