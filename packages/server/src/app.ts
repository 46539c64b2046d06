import { SupportError } from '@storefront-support/contract';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { clientAddress, type TrustedProxies } from './middleware/client-address.js';
import { deskAndOrigin } from './middleware/cors.js';
import { answerError, answerUnknownRoute, problem } from './middleware/errors.js';
import { ownHostOnly, type OwnOrigins } from './middleware/origins.js';
import { ProofOfWork } from './middleware/proof-of-work.js';
import { requestLog } from './middleware/request-log.js';
import type { AppEnv, Ports } from './ports.js';
import { challengeRoutes } from './routes/challenge.js';
import { deskRoutes } from './routes/desks.js';
import { docsRoutes } from './routes/docs.js';
import { embedFileRoutes } from './routes/embed-files.js';
import { healthRoutes } from './routes/health.js';
import { openApiRoutes } from './routes/openapi.js';
import { shop } from './routes/shop.js';
import { ticketRoutes } from './routes/tickets.js';
import { uploadRoutes } from './routes/uploads.js';

/** What differs between two servers with the same ports. */
export interface AppSettings {
  /** Hosts and origins under which the server is itself. */
  own: OwnOrigins;
  proxies: TrustedProxies;
  /** True while running requests finish and no new work is wanted. */
  isStopping: () => boolean;
  /** Once aborted, uploads that still run are answered 503 and what arrived of them is kept. */
  uploadsEnding?: AbortSignal | undefined;
  /** Folder of the browser build. */
  embedDir: string;
  /** Folder of the demo shop, served at `/`. */
  shopDir?: string | undefined;
  /** `/dev/mail`, where mails are caught. */
  devMail?: Hono<AppEnv> | undefined;
}

/** The whole server as one function from request to answer; nothing in it listens. */
export function createApp(ports: Ports, settings: AppSettings): Hono<AppEnv> {
  const { own, proxies, embedDir, shopDir, devMail } = settings;
  const proofOfWork = new ProofOfWork(Buffer.from(ports.installSecret).toString('hex'));
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
  app.use(ownHostOnly(own, proxies));

  app.route('/', healthRoutes(ports, settings.isStopping));
  app.route('/', openApiRoutes(own));
  app.route('/', docsRoutes(own));
  app.route('/', embedFileRoutes(embedDir));
  if (devMail) app.route('/', devMail);

  app.use('/v1/desks/:desk/*', deskAndOrigin(ports.desks, own));
  app.route('/v1/desks/:desk', deskRoutes(ports));
  app.route('/v1/desks/:desk/challenge', challengeRoutes(ports, proofOfWork));
  app.route('/v1/desks/:desk/tickets', ticketRoutes(ports, proofOfWork));
  app.route('/v1/desks/:desk', uploadRoutes(ports, settings.uploadsEnding));
  if (shopDir !== undefined) app.use(shop(shopDir));
  return app;
}
