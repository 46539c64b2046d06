import { createHmac } from 'node:crypto';
import type { TicketDraft } from '@storefront-support/contract';
import { canonicalJson } from '../middleware/idempotency.js';

/** What is derived from the installation's secret for messages that wait for a confirmation. */
export class HeldKeys {
  readonly #tokens: Buffer;
  readonly #requests: Buffer;

  constructor(installSecret: Uint8Array) {
    this.#tokens = createHmac('sha256', installSecret).update('held-link').digest();
    this.#requests = createHmac('sha256', installSecret).update('held-request').digest();
  }

  /** The token of a link, 43 characters of base64url. Like that of a sign-in link it is worked out anew for each attempt to mail it. */
  token(deskId: string, heldId: string): string {
    return createHmac('sha256', this.#tokens)
      .update(JSON.stringify([deskId, heldId]))
      .digest('base64url');
  }

  /**
   * What a post and its repetitions have in common: desk, fields and the hashes of the files. Keyed, so that it tells nobody what was
   * written.
   */
  request(deskId: string, { attachmentIds: _, ...fields }: TicketDraft, fileHashes: readonly string[]): string {
    return createHmac('sha256', this.#requests)
      .update(canonicalJson([deskId, fields, fileHashes]))
      .digest('base64url');
  }
}
