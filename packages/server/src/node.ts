import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { diskHeaderStore } from './access/header-store.js';
import { manifestFiles } from './access/manifest-files.js';
import { addDemoAdmin } from './agents/demo-admin.js';
import { Seal } from './agents/seal.js';
import { createApp } from './app.js';
import { readDeskFile } from './config/read-desk-file.js';
import type { DeskConfig } from './desk-config.js';
import { LocalEventHub } from './events/event-hub.js';
import { PostgresEventHub } from './events/postgres-event-hub.js';
import { diskBlobStore } from './files/disk-blob-store.js';
import { startJobs } from './jobs/start-jobs.js';
import { listen, type Handle } from './listen.js';
import { MailCatcher } from './mail/mail-catcher.js';
import { MailLinks } from './mail/mail-links.js';
import { startMail } from './mail/start-mail.js';
import { TrustedProxies } from './middleware/client-address.js';
import { OwnOrigins, type OriginName } from './middleware/origins.js';
import { createOperatorApp } from './operator-app.js';
import { serveOperator } from './operator-socket.js';
import type { Log, Ports } from './ports.js';
import type { ServerOptions } from './read-environment.js';
import { devMailRoutes } from './routes/dev-mail.js';
import { inboxPageRoutes } from './routes/inbox-page.js';
import { agentVaultPages, customerVaultPages } from './routes/vault-pages.js';
import { openStore } from './store/open-store.js';

/** Requests that still run at a stop have this long; with the rest it stays below ten seconds. */
const REQUEST_GRACE_MS = 7_000;
/** An upload has less: none of its bytes is lost by going on later. */
const UPLOAD_GRACE_MS = 3_000;

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Where each origin is reached, without a trailing slash. */
  readonly urls: Readonly<Record<OriginName, string>>;
  /** What opens the account that this start has made. */
  readonly demoAdmin: { email: string; password: string } | null;
  /** Finishes running requests, then lets go of everything. Resolves within ten seconds. */
  stop(): Promise<void>;
}

/** Starts the server. Rejects, holding nothing, when the desk file is wrong, the folder is taken or the port is. */
export async function startServer(options: ServerOptions, log: Log): Promise<RunningServer> {
  const proxies = new TrustedProxies(options.trustedProxies);
  const desks = new Map((await readDeskFile(options.deskFile)).map((config): [string, DeskConfig] => [config.desk.id, config]));
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  await using undo = new AsyncDisposableStack();
  const opened = await openStore(options, log);
  undo.defer(() => opened.close());
  const { store, installSecret, alone, facts } = opened;
  log.info('store-open', facts);
  const blobs = diskBlobStore(path.join(options.dataDir, 'uploads'));
  const headers = diskHeaderStore(options.headerDir);
  const manifests = manifestFiles(options.vaultDir);
  const { databaseUrl } = options;
  const shared = databaseUrl && new PostgresEventHub({ databaseUrl, db: store.read, deskIds: [...desks.keys()], log, now: Date.now });
  if (shared) undo.defer(() => shared.close());
  const events = shared || new LocalEventHub();
  let wakeMail = (): void => undefined;
  const ports: Ports = {
    store,
    desks,
    blobs,
    headers,
    manifests,
    events,
    log,
    now: Date.now,
    installSecret,
    mailWaiting: () => wakeMail(),
  };
  const jobs = startJobs(ports);

  const own = new OwnOrigins();
  let stopping = false;
  const uploadsEnding = new AbortController();
  const streamsEnding = new AbortController();
  const { embedDir, shopDir, themesUrl } = options;
  const { smtpUrl, mailTiming } = options;
  const catcher = smtpUrl === undefined ? new MailCatcher(path.join(options.dataDir, 'mail'), Date.now) : undefined;
  const devMail = catcher && devMailRoutes(catcher);
  const app = createApp(ports, {
    own,
    proxies,
    isStopping: () => stopping,
    uploadsEnding: uploadsEnding.signal,
    streamsEnding: streamsEnding.signal,
    embedDir,
    shopDir,
    themesUrl,
    devMail,
    agentCodes: !options.demo,
    inbox: inboxPageRoutes(options.inboxDir, own),
    vaultPages: { customer: customerVaultPages(ports, options.vaultPageDir, own), agent: agentVaultPages(ports, options.vaultPageDir) },
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false, hostname: 'localhost' });
  const handle: Handle = async (request, response) => listener(request, response);
  // side by side: each may need seconds, and a stop has ten of them
  const closing: (() => Promise<void>)[] = [() => jobs.stop()];
  undo.defer(() => Promise.all(closing.map((close) => close())).then(() => undefined));
  const listening = await listen(handle, options.port, options.bind);
  closing.push(() => listening.close(REQUEST_GRACE_MS));
  const second = await listen(handle, options.secondPort, options.bind);
  closing.push(() => second.close(REQUEST_GRACE_MS));
  const third = await listen(handle, options.thirdPort, options.bind);
  closing.push(() => third.close(REQUEST_GRACE_MS));
  const { port } = listening;
  own.listen({ ...options, port, secondPort: second.port, thirdPort: third.port });
  const links = new MailLinks(() => own.url('public'), installSecret);
  const mail = startMail({ store, desks, blobs, links, log, now: Date.now, smtpUrl, catcher, timing: mailTiming, alone });
  wakeMail = () => mail.wake();
  closing.push(() => mail.stop());
  // where other processes may be at work, the command line needs nobody's leave
  if (alone) {
    const { dataDir } = options;
    const operator = await serveOperator(
      dataDir,
      createOperatorApp(ports, { own, seal: Seal.ofTimeCodes(installSecret), dataDir, mailsSettled: () => mail.settled() }),
    );
    closing.push(() => operator.close());
  }
  if (!own.isReachable('attachments')) log.warn('attachments-url-missing', { url: own.url('attachments') });

  const demoAdmin = options.demoAdmin ? await addDemoAdmin(store, Date.now()) : null;

  const held = undo.move();
  return {
    port,
    demoAdmin,
    urls: {
      public: own.url('public'),
      inbox: own.url('inbox'),
      attachments: own.url('attachments'),
      vault: own.url('vault'),
      'agent-vault': own.url('agent-vault'),
    },
    async stop() {
      stopping = true;
      streamsEnding.abort();
      const timer = setTimeout(() => uploadsEnding.abort(), UPLOAD_GRACE_MS);
      await held.disposeAsync();
      clearTimeout(timer);
    },
  };
}
