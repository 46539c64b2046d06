import { randomBytes } from 'node:crypto';
import type { TicketDraft, TicketKeys } from '@storefront-support/contract';

/** A draft for a help desk with one contact. */
export function draftOf(changes: Partial<TicketDraft> = {}): TicketDraft {
  const marker = randomBytes(6).toString('hex');
  return {
    contactId: 'support',
    kind: 'support',
    requester: { name: 'Zoë Ångström', email: `zoe.${marker}@example.com` },
    subject: `Parcel ${marker} – où est-il ?`,
    message: `It has not come: ${marker}`,
    orderReference: `ORD-${marker}`,
    attachmentIds: [],
    locale: 'fr-CA',
    ...changes,
  };
}

/** Keys as a browser makes them. */
export function keysOf(): TicketKeys {
  return { idempotencyKey: randomBytes(16).toString('base64url'), secret: randomBytes(32).toString('base64url') };
}
