import type { TicketKeys } from '@storefront-support/contract';

/** New keys for one draft. `getRandomValues` is there on plain http too. */
export function makeKeys(): TicketKeys {
  return { idempotencyKey: random(16), secret: random(32) };
}

function random(bytes: number): string {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
