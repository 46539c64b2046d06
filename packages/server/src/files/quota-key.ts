import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Pseudonym of a client address, useless outside this installation. One IPv6 /64 is one client: its holder owns all of it. */
export function quotaKey(address: string, installSecret: Uint8Array): string {
  return createHmac('sha256', installSecret)
    .update(`quota ${isIPv6(address) ? network64(address) : address}`)
    .digest('base64url')
    .slice(0, 22);
}

function network64(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
