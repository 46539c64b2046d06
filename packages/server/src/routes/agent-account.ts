import { SupportError, type AgentSelf } from '@storefront-support/contract';
import { newAgentKeySchema, newPasskeySchema } from '@storefront-support/contract/agent-schemas';
import { Hono } from 'hono';
import { newKey } from '../agents/new-key.js';
import { registerPasskey, registrationOptions } from '../agents/passkeys.js';
import { insistOnProof } from '../agents/recent-proof.js';
import { dropSessionCookie, sessionsOnly } from '../middleware/agent-access.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { listAgentKeys, removeAgentKey } from '../store/agent-keys.js';
import { endAgentSession, listAgentSessions } from '../store/agent-sessions.js';
import { activeAgents, serves, type ActiveAgent } from '../store/agents.js';
import { passkeysOf, removePasskey, shownPasskey } from '../store/passkeys.js';
import type { AgentRouteSettings } from './agent-sign-in.js';

/** What belongs to the agent that asks, below `/v1/agent`. */
export function agentAccountRoutes(ports: Ports, { own }: Pick<AgentRouteSettings, 'own'>): Hono<AppEnv> {
  const { store, now } = ports;
  const passkeyPorts = { store, now, own };
  const routes = new Hono<AppEnv>();
  routes.route('/', agentSelfRoutes(ports, own));
  for (const path of ['/sessions', '/sessions/*', '/passkeys', '/passkeys/*', '/passkey-options', '/keys', '/keys/*'])
    routes.use(path, sessionsOnly);
  return (
    routes
      .get('/sessions', async (c) => {
        const { agent, sessionId } = c.var.access;
        return c.json({ sessions: await listAgentSessions(store.read, agent.id, sessionId, now()) });
      })
      .delete('/sessions/:id', async (c) => {
        const { agent, sessionId } = c.var.access;
        const asked = c.req.param('id');
        const id = asked === 'current' && sessionId !== null ? sessionId : asked;
        await store.write.run((trx) => endAgentSession(trx, agent.id, id));
        if (id === sessionId) dropSessionCookie(c);
        return c.body(null, 204);
      })
      // who answers the question has been asked for a proof with it
      .post('/passkey-options', async (c) => {
        await insistOnProof(store.read, c.var.access, now());
        return c.json(await registrationOptions(passkeyPorts, c.var.access.agent));
      })
      .post('/passkeys', async (c) => {
        const { name, answer } = await readBody(c, newPasskeySchema);
        const passkey = await registerPasskey(passkeyPorts, c.var.access.agent.id, name, answer);
        if (!passkey) throw new SupportError('invalid-request', 'This is no answer to a question of this server, or was given before.');
        return c.json({ passkey }, 201);
      })
      .delete('/passkeys/:id', async (c) => {
        await insistOnProof(store.read, c.var.access, now());
        await store.write.run((trx) => removePasskey(trx, c.var.access.agent.id, c.req.param('id')));
        return c.body(null, 204);
      })
      .get('/keys', async (c) => c.json({ keys: await listAgentKeys(store.read, c.var.access.agent.id) }))
      .post('/keys', async (c) => {
        const draft = await readBody(c, newAgentKeySchema);
        await insistOnProof(store.read, c.var.access, now());
        return c.json(await newKey(ports, c.var.access.agent.id, draft), 201);
      })
      .delete('/keys/:id', async (c) => {
        await store.write.run((trx) => removeAgentKey(trx, c.var.access.agent.id, c.req.param('id')));
        return c.body(null, 204);
      })
  );
}

/** `GET /me`: who asks, and what is theirs. */
export function agentSelfRoutes({ store, desks }: Pick<Ports, 'store' | 'desks'>, own: AgentRouteSettings['own']): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/me', async (c) => {
    const { agent } = c.var.access;
    const { id, name, email, role } = agent;
    const passkeys = (await passkeysOf(store.read, id)).map(shownPasskey);
    const colleagues = await activeAgents(store.read);
    const vaultUrl = own.url('agent-vault');
    return c.json({ agent: { id, name, email, role }, desks: desksOf(agent, colleagues), passkeys, vaultUrl } satisfies AgentSelf);
  });

  function desksOf(agent: ActiveAgent, colleagues: readonly ActiveAgent[]): AgentSelf['desks'] {
    return [...desks.values()].flatMap(({ desk }) => {
      const { id: deskId, name, limits } = desk;
      const served = desk.contacts.filter(({ id }) => serves(agent, deskId, id));
      if (served.length === 0) return [];
      const contacts = served.map(({ id, name, files }) => ({ id, name, ...(files && { files }) }));
      const agents = colleagues
        .filter((colleague) => served.some(({ id }) => serves(colleague, deskId, id)))
        .map(({ id, name }) => ({ id, name }));
      return [{ id: deskId, name, contacts, limits, agents }];
    });
  }
}
