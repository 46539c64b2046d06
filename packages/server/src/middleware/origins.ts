import { SupportError } from '@storefront-support/contract';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../ports.js';
import type { TrustedProxies } from './client-address.js';

const ANY_HOST = new Set(['/healthz', '/readyz']);

/** The hosts and origins under which this server is itself. */
export class OwnOrigins {
  readonly hosts = new Set<string>();
  readonly origins = new Set<string>();
  #publicUrl = '';

  /** Absolute, without a trailing slash. */
  get publicUrl(): string {
    return this.#publicUrl;
  }

  /** @param port that the server listens on; known late when the system chooses it. */
  listen(port: number, publicUrl?: string): void {
    this.#publicUrl = (publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
    for (const { host, hostname, protocol, origin } of [new URL(`http://localhost:${port}`), new URL(this.#publicUrl)]) {
      this.hosts.add(host).add(`${hostname}:${host === hostname ? (protocol === 'https:' ? 443 : 80) : new URL(origin).port}`);
      this.origins.add(origin);
    }
  }
}

/** Refuses requests for hosts that are not ours: 421. A name pointed at this address must not borrow it. */
export function ownHostOnly(own: OwnOrigins, proxies: TrustedProxies): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (ANY_HOST.has(c.req.path)) return next();
    const peer = c.env?.incoming?.socket?.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
    const forwarded = c.req.header('X-Forwarded-Host');
    // RFC 9112, 3.2.2: what the request line names outranks Host
    const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(c.env?.incoming?.url ?? '')?.[1];
    if (absolute !== undefined && !own.hosts.has(absolute.toLowerCase())) throw wrongHost(own);
    const host =
      forwarded !== undefined && proxies.has(peer)
        ? forwarded.split(',').at(-1)?.trim()
        : (c.req.header('Host') ?? new URL(c.req.url).host);
    if (!own.hosts.has(host?.toLowerCase() ?? '')) throw wrongHost(own);
    await next();
  };
}

function wrongHost({ hosts }: OwnOrigins): SupportError {
  return new SupportError('wrong-host', `This server answers for ${[...hosts].join(', ')} only; PUBLIC_URL names its public host.`);
}
