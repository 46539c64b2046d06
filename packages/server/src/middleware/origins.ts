import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import { SupportError } from '@storefront-support/contract';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../ports.js';
import type { TrustedProxies } from './client-address.js';

/**
 * `public`: what customers and shops reach. `inbox`: what agents reach. `attachments`: files, opened apart from everything else.
 * `vault`: where customers seal what they lend, on another site than the shop. `agent-vault`: where agents open it.
 */
export type OriginName = 'public' | 'inbox' | 'attachments' | 'vault' | 'agent-vault';

/** Where the server is reached. Addresses are absolute; absent ones stand for the loopback names of the ports. */
export interface OwnAddresses {
  /** That `public` is served on; known late when the system chooses it. */
  port: number;
  /** That `inbox` (as localhost) and `attachments` (as 127.0.0.1) are served on. Absent: the port after `port`. */
  secondPort?: number | undefined;
  /** That `agent-vault` (as localhost) is served on. Absent: the one after that. */
  thirdPort?: number | undefined;
  publicUrl?: string | undefined;
  inboxUrl?: string | undefined;
  attachmentsUrl?: string | undefined;
  vaultUrl?: string | undefined;
  agentVaultUrl?: string | undefined;
}

const ANY_HOST = new Set(['/healthz', '/readyz']);
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for host names that mean the machine itself. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** The hosts and origins under which this server is itself. */
export class OwnOrigins {
  readonly #names = new Map<string, OriginName>();
  readonly #urls = new Map<OriginName, string>();
  readonly #pages = new Map<OriginName, Set<string>>();

  /** @throws {Error} when two of the addresses share a host: each must be an origin of its own. */
  listen({
    port,
    secondPort = port + 1,
    thirdPort = secondPort + 1,
    publicUrl,
    inboxUrl,
    attachmentsUrl,
    vaultUrl,
    agentVaultUrl,
  }: OwnAddresses): void {
    this.#add('public', `http://localhost:${port}`, publicUrl);
    this.#add('inbox', `http://localhost:${secondPort}`, inboxUrl);
    this.#add('attachments', `http://127.0.0.1:${secondPort}`, attachmentsUrl);
    this.#add('vault', `http://127.0.0.1:${port}`, vaultUrl);
    this.#add('agent-vault', `http://localhost:${thirdPort}`, agentVaultUrl);
  }

  /** Address of an origin, absolute, without a trailing slash. */
  url(name: OriginName): string {
    return this.#urls.get(name) ?? '';
  }

  /** Which origin a `Host` header names; undefined: none of ours. */
  named(host: string): OriginName | undefined {
    return this.#names.get(host.toLowerCase());
  }

  /** True where `origin`, as browsers write it, is this server's own page of that name. */
  isOwn(origin: string, name: OriginName): boolean {
    return this.#pages.get(name)?.has(origin) === true;
  }

  /** Hosts of an origin, as a `Host` header may write them. */
  hosts(name: OriginName): string[] {
    return [...this.#names].filter(([, of]) => of === name).map(([host]) => host);
  }

  /** False where customers elsewhere cannot follow a link to this origin, because only this machine knows its host. */
  isReachable(name: OriginName): boolean {
    return !isLoopback(new URL(this.url(name)).hostname) || isLoopback(new URL(this.url('public')).hostname);
  }

  #add(name: OriginName, own: string, configured: string | undefined): void {
    const url = (configured ?? own).replace(/\/+$/, '');
    this.#urls.set(name, url);
    const pages = new Set<string>();
    for (const { host, hostname, protocol, port, origin } of [new URL(own), new URL(url)]) {
      for (const written of [host, `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`]) {
        const taken = this.#names.get(written);
        if (taken !== undefined && taken !== name)
          throw new Error(
            `${name} and ${taken} cannot share the host ${host}: PUBLIC_URL, INBOX_URL, ATTACHMENTS_URL, VAULT_URL and AGENT_VAULT_URL each need their own.`,
          );
        this.#names.set(written, name);
      }
      pages.add(origin);
    }
    this.#pages.set(name, pages);
  }
}

/** An origin as browsers write it. */
export function originOf(own: OwnOrigins, name: OriginName): string {
  return new URL(own.url(name)).origin;
}

/** The host that a request is for, by its request line, a trusted proxy or its `Host` header. */
export function requestedHost(request: Request, env: Partial<HttpBindings | Http2Bindings> | undefined, proxies: TrustedProxies): string {
  const { incoming } = env ?? {};
  // RFC 9112, 3.2.2: what the request line names outranks Host
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(incoming?.url ?? '')?.[1];
  if (absolute !== undefined) return absolute;
  const peer = incoming?.socket?.remoteAddress?.replace(/^::ffff:/i, '') ?? '';
  const forwarded = request.headers.get('X-Forwarded-Host');
  if (forwarded !== null && proxies.has(peer)) return forwarded.split(',').at(-1)?.trim() ?? '';
  return request.headers.get('Host') ?? new URL(request.url).host;
}

/**
 * Refuses requests for hosts that are not this origin's, and for routes that are another's: 421. A name pointed at this address
 * must not borrow it, and what one origin serves must not be had from the next.
 */
export function ownHostOnly(name: OriginName, own: OwnOrigins, proxies: TrustedProxies): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (ANY_HOST.has(c.req.path)) return next();
    if (own.named(requestedHost(c.req.raw, c.env, proxies)) !== name) throw wrongHost(own);
    const [home, ...others] = homesOf(c.req.path);
    if (home !== undefined && home !== name && !others.includes(name))
      throw new SupportError('wrong-host', `This route is served at ${own.url(home)} only.`);
    await next();
  };
}

/** Which origins serve a route of the interface; none: it is no such route. */
function homesOf(path: string): OriginName[] {
  const match = /^\/v1\/desks\/[^/]+(?:\/([^/]*))?/.exec(path);
  if (!match) return [];
  // agents check the same keys
  if (match[1] === 'vault') return ['vault', 'agent-vault'];
  if (match[1] === 'agent') return agentHomes(path);
  // agents attach files too
  if (match[1] === 'uploads') return ['public', 'inbox'];
  return match[1] === 'attachments' ? ['attachments'] : ['public'];
}

/** What opens records is served apart from the inbox; asking for them is part of both. */
function agentHomes(path: string): OriginName[] {
  const below = path.split('/').slice(5);
  if (below[0] === 'vault') return ['agent-vault'];
  return below[0] === 'tickets' && below[2] === 'access' ? ['inbox', 'agent-vault'] : ['inbox'];
}

function wrongHost(own: OwnOrigins): SupportError {
  return new SupportError(
    'wrong-host',
    `This server answers for ${own.hosts('public').join(', ')} only; PUBLIC_URL names its public host, INBOX_URL, ATTACHMENTS_URL, VAULT_URL and AGENT_VAULT_URL the others.`,
  );
}
