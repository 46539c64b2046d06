import { Hono } from 'hono';
import { agentHeaders, ownPagesOnly, signedInOnly } from '../middleware/agent-access.js';
import type { AppEnv, Ports } from '../ports.js';
import { agentAccessRoutes } from './agent-access.js';
import { agentSignInRoutes, vaultSignInRoutes, type AgentRouteSettings } from './agent-sign-in.js';
import { agentAccountRoutes, agentSelfRoutes } from './agent-account.js';
import { agentVaultRoutes } from './agent-vault.js';
import { teamKeyRoutes } from './team-keys.js';
import { manifestRoutes } from './vault.js';
import { agentTicketRoutes } from './agent-tickets.js';
import { uploadRoutes } from './uploads.js';

/** Everything that agents reach on the inbox origin: their accounts at `/v1/agent`, tickets at `/v1/desks/{desk}/agent`. */
export function agentRoutes(ports: Ports, settings: AgentRouteSettings): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const path of ['/v1/agent/*', '/v1/desks/:desk/agent/*']) routes.use(path, agentHeaders, ownPagesOnly(settings.own));
  routes.route('/v1/agent', agentSignInRoutes(ports, settings));
  for (const path of ['/v1/agent/*', '/v1/desks/:desk/agent/*']) routes.use(path, signedInOnly(ports));
  routes.route('/v1/agent', agentAccountRoutes(ports, settings));
  routes.route('/v1/desks/:desk/agent', agentTicketRoutes(ports));
  routes.route('/v1/desks/:desk/agent/tickets', agentAccessRoutes(ports));
  // under the secret of the reply that they belong to, as everywhere: nobody has to be signed in for them
  routes.use('/v1/desks/:desk/uploads/*', ownPagesOnly(settings.own));
  routes.route('/v1/desks/:desk', uploadRoutes(ports, settings.uploadsEnding));
  return routes;
}

/**
 * The same people on the origin of the agents' vault page: signed in anew, by a second factor, and by no key. There is nothing but
 * lent access and what opens it.
 */
export function agentVaultOriginRoutes(ports: Ports, settings: Pick<AgentRouteSettings, 'own' | 'seal'>): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const places = ['/v1/agent/*', '/v1/desks/:desk/agent/*'];
  for (const path of places) routes.use(path, agentHeaders, ownPagesOnly(settings.own, 'vault'));
  routes.route('/v1/agent', vaultSignInRoutes(ports, settings));
  routes.route('/v1/desks/:desk/vault', manifestRoutes(ports));
  for (const path of places) routes.use(path, signedInOnly(ports, 'vault'));
  routes.route('/v1/agent', agentSelfRoutes(ports, settings.own));
  routes.route('/v1/desks/:desk/agent/tickets', agentAccessRoutes(ports));
  routes.route('/v1/desks/:desk/agent/vault', agentVaultRoutes(ports));
  routes.route('/v1/desks/:desk/agent/vault', teamKeyRoutes(ports));
  return routes;
}
