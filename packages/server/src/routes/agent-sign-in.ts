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
import { endAgentSession, findAgentSession } from '../store/agent-sessions.js';

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

/** What is open to whoever comes to `/v1/agent`: the ways in, and out. */
export function agentSignInRoutes(ports: Ports, settings: AgentRouteSettings): Hono<AppEnv> {
  const limit = new SignInLimit();
  const { seal, codeNeeded, own } = settings;
  const { store, now } = ports;
  const passkeyPorts = { store, now, own };
  return new Hono<AppEnv>()
    .post('/sign-in', async (c) => {
      const typed = await readBody(c, signInSchema);
      await limit.attempt(c.var.clientAddress, typed.email);
      const signedIn = await signInWithPassword({ store, now, seal, codeNeeded }, typed);
      return answerSignIn(c, signedIn, typed.email);
    })
    .post('/sign-in/passkey-options', async (c) => {
      await limit.attempt(c.var.clientAddress);
      return c.json(await authenticationOptions(passkeyPorts));
    })
    .post('/sign-in/passkey', async (c) => {
      const { answer } = await readBody(c, passkeySignInSchema);
      await limit.attempt(c.var.clientAddress);
      return answerSignIn(c, await signInWithPasskey(passkeyPorts, answer));
    })
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
      return answerSignIn(c, outcome);
    })
    .post('/sign-out', async (c) => {
      await endPresented(c);
      dropSessionCookie(c);
      return c.body(null, 204);
    });

  async function answerSignIn(c: Ctx, signedIn: SignedIn | null, account?: string): Promise<Response> {
    if (!signedIn) throw new SupportError('not-signed-in', 'This does not sign in: something in it is wrong, or was used before.');
    await limit.succeeded(c.var.clientAddress, account);
    // whoever planted a session in this browser must not find themselves in the next one
    await endPresented(c);
    setSessionCookie(c, signedIn.token);
    const { id, name, email, role } = signedIn.agent;
    return c.json({ agent: { id, name, email, role } satisfies Agent });
  }

  async function endPresented(c: Ctx): Promise<void> {
    const token = sessionToken(c);
    const session = token === null ? undefined : await findAgentSession(store.read, token, now());
    if (session) await store.write.run((trx) => endAgentSession(trx, session.agentId, session.id));
  }
}

function linkGone(): SupportError {
  return new SupportError('gone', 'This link is spent or too old; whoever gave it can make a new one.');
}
