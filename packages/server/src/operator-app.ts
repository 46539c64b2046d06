import { SupportError } from '@storefront-support/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import { OPERATOR } from './agents/access.js';
import { deskOnly } from './middleware/desk-only.js';
import { answerError, answerUnknownRoute } from './middleware/errors.js';
import { requestLog } from './middleware/request-log.js';
import type { AppEnv, Ports } from './ports.js';
import { agentAccessRoutes } from './routes/agent-access.js';
import { agentTicketRoutes } from './routes/agent-tickets.js';
import type { AgentRouteSettings } from './routes/agent-sign-in.js';
import { operatorRoutes } from './routes/operator.js';
import { peopleRoutes, type PeopleSettings } from './routes/people.js';
import { teamKeyRoutes } from './routes/team-keys.js';
import { uploadRoutes } from './routes/uploads.js';
import { activeAgent, findAgent } from './store/agents.js';

/** Names the agent for whom the operator acts: their address, percent-encoded. */
export const AS_AGENT = 'Support-Agent';

/**
 * What the command line talks to: the routes of agents, and what only the operator may do. Whoever reaches it is the operator, so it
 * is served on no port: the process that owns the data folder calls it, itself or through a socket in that folder.
 */
export function createOperatorApp(ports: Ports, settings: Pick<AgentRouteSettings, 'own' | 'seal'> & PeopleSettings): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(answerError(ports.log));
  app.notFound(answerUnknownRoute);
  app.use(requestLog(ports.log));
  app.use(actsAs(ports));
  app.route('/operator', operatorRoutes(ports, settings));
  app.route('/operator', peopleRoutes(ports, settings));
  app.use('/v1/desks/:desk/*', deskOnly(ports.desks));
  app.route('/v1/desks/:desk/agent', agentTicketRoutes(ports));
  app.route('/v1/desks/:desk/agent/tickets', agentAccessRoutes(ports));
  app.route('/v1/desks/:desk/agent/vault', teamKeyRoutes(ports));
  app.route('/v1/desks/:desk', uploadRoutes(ports));
  return app;
}

function actsAs({ store }: Pick<Ports, 'store'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('clientAddress', 'operator');
    const email = c.req.header(AS_AGENT);
    if (email === undefined) c.set('access', OPERATOR);
    else {
      const row = await findAgent(store.read, { email: decodeURIComponent(email).toLowerCase() });
      const agent = row && (await activeAgent(store.read, row.id));
      if (!agent) throw new SupportError('not-found', 'There is no agent of this address that may act; "agents list" names them.');
      c.set('access', { agent, via: 'operator', sessionId: null, provedAt: null, signedInAt: null });
    }
    await next();
  };
}
