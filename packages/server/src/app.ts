import { Seal } from './agents/seal.js';
import { SupportError } from '@storefront-support/contract';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { LiveStreams } from './events/live-streams.js';
import { clientAddress, type TrustedProxies } from './middleware/client-address.js';
import { deskAndOrigin } from './middleware/cors.js';
import { deskOnly } from './middleware/desk-only.js';
import { answerError, answerUnknownRoute, problem } from './middleware/errors.js';
import { ownHostOnly, requestedHost, type OriginName, type OwnOrigins } from './middleware/origins.js';
import { ProofOfWork } from './middleware/proof-of-work.js';
import { requestLog } from './middleware/request-log.js';
import type { AppEnv, Ports } from './ports.js';
import { AttachmentLinks } from './files/attachment-links.js';
import { accessRoutes } from './routes/access.js';
import { agentRoutes, agentVaultOriginRoutes } from './routes/agents.js';
import { attachmentRoutes, downloadRoutes } from './routes/attachments.js';
import { challengeRoutes } from './routes/challenge.js';
import { confirmPageRoutes } from './routes/confirm-pages.js';
import { deskPageRoutes } from './routes/desk-page.js';
import { deskRoutes } from './routes/desks.js';
import { docsRoutes } from './routes/docs.js';
import { embedFileRoutes } from './routes/embed-files.js';
import { eventRoutes } from './routes/events.js';
import { healthRoutes } from './routes/health.js';
import { openApiRoutes } from './routes/openapi.js';
import { sessionRoutes } from './routes/sessions.js';
import { signInLinkRoutes } from './routes/sign-in-links.js';
import { printedForms } from './routes/printed-forms.js';
import { shop } from './routes/shop.js';
import { themeShops } from './routes/theme-shops.js';
import { threadRoutes } from './routes/threads.js';
import { ticketFormRoutes } from './routes/ticket-form.js';
import { ticketRoutes } from './routes/tickets.js';
import { uploadRoutes } from './routes/uploads.js';
import { vaultRoutes } from './routes/vault.js';

/** What differs between two servers with the same ports. */
export interface AppSettings {
  /** Hosts and origins under which the server is itself. */
  own: OwnOrigins;
  proxies: TrustedProxies;
  /** True while running requests finish and no new work is wanted. */
  isStopping: () => boolean;
  /** Once aborted, uploads that still run are answered 503 and what arrived of them is kept. */
  uploadsEnding?: AbortSignal | undefined;
  /** Once aborted, streams of events end. */
  streamsEnding?: AbortSignal | undefined;
  /** Folder of the browser build. */
  embedDir: string;
  /** Folder of the demo shop, served at `/`. */
  shopDir?: string | undefined;
  /** Where the example themes are served, shown below `/themes/`. */
  themesUrl?: string | undefined;
  /** `/dev/mail`, where mails are caught. */
  devMail?: Hono<AppEnv> | undefined;
  /** False in a demo only: an account of an agent without a time-based code is opened by its password alone. */
  agentCodes?: boolean | undefined;
  /** Pages of the inbox. */
  inbox?: Hono<AppEnv> | undefined;
  /** Pages of the vault: where customers seal, and where agents open. */
  vaultPages?: { customer: Hono<AppEnv>; agent: Hono<AppEnv> } | undefined;
}

/** One server: five origins behind one function from request to answer; nothing in it listens. */
export interface App {
  fetch(request: Request, env?: HttpBindings | Http2Bindings): Response | Promise<Response>;
  /** Every route, and the origin that serves it. */
  readonly routes: readonly { origin: OriginName; method: string; path: string }[];
}

/** The whole server. */
export function createApp(ports: Ports, settings: AppSettings): App {
  const { own, proxies } = settings;
  const origins = {
    public: publicOrigin(ports, settings),
    inbox: inboxOrigin(ports, settings),
    attachments: attachmentsOrigin(ports, settings),
    vault: vaultOrigin(ports, settings),
    'agent-vault': agentVaultOrigin(ports, settings),
  };
  return {
    // the server speaks HTTP/1.1 alone; its adapter's type knows both
    fetch: (request, env) => origins[own.named(requestedHost(request, env, proxies)) ?? 'public'].fetch(request, env),
    routes: (Object.keys(origins) as OriginName[]).flatMap((origin) =>
      origins[origin].routes.map(({ method, path }) => ({ origin, method, path })),
    ),
  };
}

function publicOrigin(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const { own, embedDir, shopDir, themesUrl, devMail } = settings;
  const proofOfWork = new ProofOfWork(Buffer.from(ports.installSecret).toString('hex'));
  const links = new AttachmentLinks(ports.installSecret);
  const streams = new LiveStreams(ports, settings.streamsEnding);
  const app = originApp('public', ports, settings);
  app.route('/', openApiRoutes(own));
  app.route('/', docsRoutes(own));
  app.route('/', embedFileRoutes(embedDir));
  app.route('/', deskPageRoutes(ports));
  app.route('/', confirmPageRoutes(ports, own, settings.uploadsEnding));
  if (devMail) app.route('/', devMail);

  // before what answers with problems: it answers with pages, unknown desks and origins included
  app.route('/', ticketFormRoutes(ports, own, settings.uploadsEnding));
  app.use('/v1/desks/:desk/*', deskAndOrigin(ports.desks, own));
  app.route('/v1/desks/:desk', deskRoutes(ports));
  app.route('/v1/desks/:desk/challenge', challengeRoutes(ports, proofOfWork));
  app.route('/v1/desks/:desk/tickets', ticketRoutes(ports, proofOfWork));
  app.route('/v1/desks/:desk/tickets', threadRoutes(ports));
  app.route('/v1/desks/:desk/tickets', attachmentRoutes(ports, own, links));
  app.route('/v1/desks/:desk/tickets', accessRoutes(ports, own));
  app.route('/v1/desks/:desk/sessions', sessionRoutes(ports, streams));
  app.route('/v1/desks/:desk/sign-in-links', signInLinkRoutes(ports));
  app.route('/v1/desks/:desk/events', eventRoutes(ports, streams));
  app.route('/v1/desks/:desk', uploadRoutes(ports, settings.uploadsEnding));
  if (shopDir !== undefined || themesUrl !== undefined) app.use(printedForms(ports, embedDir));
  if (themesUrl !== undefined) app.use('/themes/*', themeShops(themesUrl));
  if (shopDir !== undefined) app.use(shop(shopDir));
  return app;
}

function inboxOrigin(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const app = originApp('inbox', ports, settings);
  app.use('/v1/desks/:desk/*', deskOnly(ports.desks));
  const { own, agentCodes: codeNeeded = true, uploadsEnding } = settings;
  app.route('/', agentRoutes(ports, { own, seal: Seal.ofTimeCodes(ports.installSecret), codeNeeded, uploadsEnding }));
  if (settings.inbox) app.route('/', settings.inbox);
  return app;
}

function attachmentsOrigin(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const app = originApp('attachments', ports, settings);
  app.use('/v1/desks/:desk/*', deskOnly(ports.desks));
  app.route('/v1/desks/:desk/attachments', downloadRoutes(ports, new AttachmentLinks(ports.installSecret)));
  return app;
}

function vaultOrigin(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const app = originApp('vault', ports, settings);
  app.use('/v1/desks/:desk/*', deskOnly(ports.desks));
  app.route('/v1/desks/:desk/vault', vaultRoutes(ports));
  if (settings.vaultPages) app.route('/', settings.vaultPages.customer);
  return app;
}

function agentVaultOrigin(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const app = originApp('agent-vault', ports, settings);
  app.use('/v1/desks/:desk/*', deskOnly(ports.desks));
  app.route('/', agentVaultOriginRoutes(ports, { own: settings.own, seal: Seal.ofTimeCodes(ports.installSecret) }));
  if (settings.vaultPages) app.route('/', settings.vaultPages.agent);
  return app;
}

/** What every origin has: one line of log, errors as problems, the client's address, its own hosts, the monitors' routes. */
function originApp(name: OriginName, ports: Ports, { own, proxies, isStopping }: AppSettings): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(answerError(ports.log));
  app.notFound(answerUnknownRoute);
  app.use(requestLog(ports.log));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '));
        return problem(c, new SupportError('method-not-allowed', `This address takes ${methods.join(', ')}.`));
      },
    }),
  );
  app.use(clientAddress(proxies));
  app.use(ownHostOnly(name, own, proxies));
  app.route('/', healthRoutes(ports, isStopping));
  return app;
}
