import { Hono } from 'hono';
import { agentHeaders, inboxPagesOnly, signedInOnly } from '../middleware/agent-access.js';
import type { AppEnv, Ports } from '../ports.js';
import { agentAccountRoutes } from './agent-account.js';
import { agentSignInRoutes, type AgentRouteSettings } from './agent-sign-in.js';
import { agentTicketRoutes } from './agent-tickets.js';
import { uploadRoutes } from './uploads.js';

/** Everything that agents reach on the inbox origin: their accounts at `/v1/agent`, tickets at `/v1/desks/{desk}/agent`. */
export function agentRoutes(ports: Ports, settings: AgentRouteSettings): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const path of ['/v1/agent/*', '/v1/desks/:desk/agent/*']) routes.use(path, agentHeaders, inboxPagesOnly(settings.own));
  routes.route('/v1/agent', agentSignInRoutes(ports, settings));
  for (const path of ['/v1/agent/*', '/v1/desks/:desk/agent/*']) routes.use(path, signedInOnly(ports));
  routes.route('/v1/agent', agentAccountRoutes(ports, settings));
  routes.route('/v1/desks/:desk/agent', agentTicketRoutes(ports));
  // under the secret of the reply that they belong to, as everywhere: nobody has to be signed in for them
  routes.use('/v1/desks/:desk/uploads/*', inboxPagesOnly(settings.own));
  routes.route('/v1/desks/:desk', uploadRoutes(ports, settings.uploadsEnding));
  return routes;
}
