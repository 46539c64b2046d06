import { SupportError } from '@storefront-support/contract';
import { secretSchema } from '@storefront-support/contract/schemas';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Access } from '../agents/access.js';
import type { AppEnv, Ports } from '../ports.js';
import { findAgentKey, touchAgentKey } from '../store/agent-keys.js';
import { AGENT_SESSION_MS, findAgentSession, touchAgentSession, touchDue, type AgentPlace } from '../store/agent-sessions.js';
import { activeAgent } from '../store/agents.js';
import type { OriginName, OwnOrigins } from './origins.js';

/** With the prefix `__Host-`: no other host, no other path and no plain connection can set them. Ports of one host share them. */
const COOKIES: { [place in AgentPlace]: string } = { inbox: 'support-agent', vault: 'support-vault' };
const ORIGINS: { [place in AgentPlace]: OriginName } = { inbox: 'inbox', vault: 'agent-vault' };
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

type Ctx = Context<AppEnv>;

/** What no answer to an agent may be without. */
export const agentHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
  c.res.headers.set('X-Content-Type-Options', 'nosniff');
  c.res.headers.set('Cross-Origin-Resource-Policy', 'same-origin');
};

/**
 * A browser sends the cookie along with whatever any page asks for: only requests of the place's own pages may change something.
 * Scripts with a key send none, and no page of another origin can set their header without a permission that is never given.
 */
export function ownPagesOnly(own: OwnOrigins, place: AgentPlace = 'inbox'): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    const ownPage = origin !== undefined && own.isOwn(origin, ORIGINS[place]) && c.req.header('Sec-Fetch-Site') === 'same-origin';
    const script = c.req.header('Authorization') !== undefined && origin === undefined;
    if (!SAFE.has(c.req.method) && !ownPage && !script)
      throw new SupportError('origin-not-allowed', `Only pages of the ${place} may do this: Origin and Sec-Fetch-Site must say so.`);
    await next();
  };
}

/** Lets in the holder of a session cookie or, at the inbox, of a key; everybody else is `not-signed-in`. */
export function signedInOnly(ports: Pick<Ports, 'store' | 'now'>, place: AgentPlace = 'inbox'): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const authorization = c.req.header('Authorization');
    const access =
      authorization === undefined ? await sessionAccess(c, ports, place) : place === 'inbox' ? await keyAccess(authorization, ports) : null;
    if (!access) throw notSignedIn();
    c.set('access', access);
    await next();
  };
}

/** For what only a person may do: a key opens tickets and nothing that would let its holder stay. */
export const sessionsOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.var.access.via !== 'session') throw notSignedIn();
  await next();
};

/** The one answer to everybody who is not in. */
function notSignedIn(): SupportError {
  return new SupportError('not-signed-in', 'Sign in at the inbox, or send a key as Authorization: Bearer.');
}

async function sessionAccess(c: Ctx, { store, now }: Pick<Ports, 'store' | 'now'>, place: AgentPlace): Promise<Access | null> {
  const token = sessionToken(c, place);
  if (token === null) return null;
  const at = now();
  const session = await findAgentSession(store.read, token, at, place);
  const agent = session && (await activeAgent(store.read, session.agentId));
  if (!agent) return null;
  if (touchDue(session, at)) await store.write.run((trx) => touchAgentSession(trx, session.tokenHash, at));
  return { agent, via: 'session', sessionId: session.id, provedAt: session.secondFactorAt, signedInAt: session.authenticatedAt };
}

async function keyAccess(authorization: string, { store, now }: Pick<Ports, 'store' | 'now'>): Promise<Access | null> {
  const token = secretSchema.safeParse(/^Bearer (\S+)$/i.exec(authorization)?.[1]);
  if (!token.success) return null;
  const at = now();
  const key = await findAgentKey(store.read, token.data, at);
  const agent = key && (await activeAgent(store.read, key.agentId));
  if (!agent) return null;
  if (touchDue(key, at)) await store.write.run((trx) => touchAgentKey(trx, key.hash, at));
  return { agent, via: 'key', sessionId: null, provedAt: null, signedInAt: null };
}

/** The cookie's token; null where there is none or it cannot be one. */
export function sessionToken(c: Ctx, place: AgentPlace = 'inbox'): string | null {
  const token = secretSchema.safeParse(getCookie(c, COOKIES[place], 'host'));
  return token.success ? token.data : null;
}

export function setSessionCookie(c: Ctx, token: string, place: AgentPlace = 'inbox'): void {
  setCookie(c, COOKIES[place], token, {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: AGENT_SESSION_MS / 1000,
  });
}

export function dropSessionCookie(c: Ctx, place: AgentPlace = 'inbox'): void {
  deleteCookie(c, COOKIES[place], { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' });
}
