import { createHmac } from 'node:crypto';
import { addressBucket } from '../middleware/client-address.js';

/** Pseudonym of a client address, useless outside this installation. One IPv6 /64 is one client: its holder owns all of it. */
export function quotaKey(address: string, installSecret: Uint8Array): string {
  return createHmac('sha256', installSecret)
    .update(`quota ${addressBucket(address)}`)
    .digest('base64url')
    .slice(0, 22);
}
