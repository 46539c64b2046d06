import { BlockList, isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../ports.js';

const FORWARDED_MAX = 1_000;

/** Proxies whose headers are believed. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /**
   * @param entries addresses or CIDR ranges, for example `10.0.0.0/8` or `fd00::1`.
   * @throws {Error} naming the entry that is neither.
   */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [written = '', bits, ...rest] = entry.split('/');
      const address = bits === undefined ? plain(written) : written;
      const family = isIP(address);
      const length = bits === undefined ? undefined : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
      if (family === 0 || rest.length > 0 || (length !== undefined && !(length <= (family === 4 ? 32 : 128)))) {
        throw new Error(`TRUSTED_PROXIES: "${entry}" is not an IP address or a range such as 10.0.0.0/8.`);
      }
      const type = family === 4 ? 'ipv4' : 'ipv6';
      if (length === undefined) this.#list.addAddress(address, type);
      else this.#list.addSubnet(address, length, type);
    }
  }

  has(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  }
}

/** Leaves the client's address and tells whether the request came through a trusted proxy. */
export function clientAddress(proxies: TrustedProxies): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('clientAddress', addressOf(c.env?.incoming?.socket?.remoteAddress, c.req.header('X-Forwarded-For'), proxies));
    await next();
  };
}

/**
 * The nearest address that is not a trusted proxy's, walking `X-Forwarded-For` from the right. Without a trusted peer the
 * header is not looked at.
 */
export function addressOf(peer: string | undefined, forwardedFor: string | undefined, proxies: TrustedProxies): string {
  let address = plain(peer ?? '');
  if (!proxies.has(address) || forwardedFor === undefined || forwardedFor.length > FORWARDED_MAX) return address;
  for (const hop of forwardedFor.split(',').reverse()) {
    const next = plain(hop.trim());
    if (isIP(next) === 0) return address;
    address = next;
    if (!proxies.has(address)) return address;
  }
  return address;
}

/** What limits count: an IPv4 address, or the /64 that one IPv6 subscriber usually holds. */
export function addressBucket(written: string): string {
  const address = plain(written);
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::', 2) ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}
