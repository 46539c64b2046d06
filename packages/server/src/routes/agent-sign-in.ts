import { SupportError, type Agent } from '@storefront-support/contract';
import { finishSetUpSchema, passkeySignInSchema, setUpSchema, signInSchema } from '@storefront-support/contract/agent-schemas';
import { Hono, type Context } from 'hono';
import { authenticationOptions, signInWithPasskey } from '../agents/passkeys.js';
import type { Seal } from '../agents/seal.js';
import { finishSetUp, lookAtInvite } from '../agents/set-up.js';
import { signInWithPassword, type SignedIn } from '../agents/sign-in.js';
import { base32, timeCodeUri } from '../agents/time-code.js';
import { invalidFields } from '../invalid-fields.js';
import { dropSessionCookie, sessionToken, setSessionCookie } from '../middleware/agent-access.js';
import type { OwnOrigins } from '../middleware/origins.js';
import { readBody } from '../middleware/read-fields.js';
import { SignInLimit } from '../middleware/sign-in-limit.js';
import type { AppEnv, Ports } from '../ports.js';
import { endAgentSession, findAgentSession, type AgentPlace } from '../store/agent-sessions.js';

/** What differs between two sets of routes for agents with the same ports. */
export interface AgentRouteSettings {
  own: OwnOrigins;
  seal: Seal;
  /** False in a demo only, see `SignInOptions`. */
  codeNeeded: boolean;
  /** See `AppSettings`. */
  uploadsEnding?: AbortSignal | undefined;
}

type Ctx = Context<AppEnv>;

/** What is open to whoever comes to `/v1/agent` of the inbox: the ways in, and out. */
export function agentSignInRoutes(ports: Ports, settings: AgentRouteSettings): Hono<AppEnv> {
  const limit = new SignInLimit();
  const { seal } = settings;
  const { store, now } = ports;
  const door = new Door(ports, 'inbox', limit);
  return waysIn(ports, settings, door)
    .post('/set-up', async (c) => {
      const { token } = await readBody(c, setUpSchema);
      await limit.attempt(c.var.clientAddress);
      const found = await lookAtInvite({ store, now, seal }, token);
      if (!found) throw linkGone();
      const { agent, secret } = found;
      const timeCode = { secret: base32(secret), uri: timeCodeUri(secret, agent.email) };
      return c.json({ agent: { name: agent.name, email: agent.email }, timeCode });
    })
    .post('/set-up/finish', async (c) => {
      const typed = await readBody(c, finishSetUpSchema);
      await limit.attempt(c.var.clientAddress);
      const outcome = await finishSetUp({ store, now, seal }, typed);
      if (outcome === 'gone') throw linkGone();
      if (outcome === 'wrong-code')
        throw invalidFields({ code: { code: 'invalid', detail: 'This is not the code that the app shows now.' } });
      return door.open(c, outcome);
    });
}

/**
 * The same for the agents' vault page, whose sessions are its own: a passkey, or a password with a code. A password alone is not
 * enough there, in a demo neither.
 */
export function vaultSignInRoutes(ports: Ports, settings: Pick<AgentRouteSettings, 'own' | 'seal'>): Hono<AppEnv> {
  return waysIn(ports, { ...settings, codeNeeded: true }, new Door(ports, 'vault', new SignInLimit()));
}

function waysIn(ports: Ports, { own, seal, codeNeeded }: Omit<AgentRouteSettings, 'uploadsEnding'>, door: Door): Hono<AppEnv> {
  const { store, now } = ports;
  const { place, limit } = door;
  const passkeyPorts = { store, now, own, place };
  return new Hono<AppEnv>()
    .post('/sign-in', async (c) => {
      const typed = await readBody(c, signInSchema);
      await limit.attempt(c.var.clientAddress, typed.email);
      return door.open(c, await signInWithPassword({ store, now, seal, codeNeeded, place }, typed), typed.email);
    })
    .post('/sign-in/passkey-options', async (c) => {
      await limit.attempt(c.var.clientAddress);
      return c.json(await authenticationOptions(passkeyPorts));
    })
    .post('/sign-in/passkey', async (c) => {
      const { answer } = await readBody(c, passkeySignInSchema);
      await limit.attempt(c.var.clientAddress);
      return door.open(c, await signInWithPasskey(passkeyPorts, answer));
    })
    .post('/sign-out', async (c) => {
      await door.endPresented(c);
      dropSessionCookie(c, place);
      return c.body(null, 204);
    });
}

/** One place's way in. */
class Door {
  readonly #ports: Pick<Ports, 'store' | 'now'>;
  readonly place: AgentPlace;
  readonly limit: SignInLimit;

  constructor(ports: Pick<Ports, 'store' | 'now'>, place: AgentPlace, limit: SignInLimit) {
    this.#ports = ports;
    this.place = place;
    this.limit = limit;
  }

  /** Answers a sign-in. @param account what was typed, where something was. */
  async open(c: Ctx, signedIn: SignedIn | null, account?: string): Promise<Response> {
    if (!signedIn) throw new SupportError('not-signed-in', 'This does not sign in: something in it is wrong, or was used before.');
    await this.limit.succeeded(c.var.clientAddress, account);
    // whoever planted a session in this browser must not find themselves in the next one
    await this.endPresented(c);
    setSessionCookie(c, signedIn.token, this.place);
    const { id, name, email, role } = signedIn.agent;
    return c.json({ agent: { id, name, email, role } satisfies Agent });
  }

  /** Ends the session of the cookie that came along. */
  async endPresented(c: Ctx): Promise<void> {
    const { store, now } = this.#ports;
    const token = sessionToken(c, this.place);
    const session = token === null ? undefined : await findAgentSession(store.read, token, now(), this.place);
    if (session) await store.write.run((trx) => endAgentSession(trx, session.agentId, session.id));
  }
}

function linkGone(): SupportError {
  return new SupportError('gone', 'This link is spent or too old; whoever gave it can make a new one.');
}
