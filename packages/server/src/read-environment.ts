import path from 'node:path';
import { mailTiming, type MailTiming } from './mail/mail-timing.js';

// as the project lies on disk; the server is started at its top
const EMBED_DIR = 'packages/embed/dist/embed';
const INBOX_DIR = 'packages/inbox/dist/page';
const VAULT_PAGE_DIR = 'packages/vault-page/dist/page';
const SHOP_DIR = 'examples/plain-html';

/** How the server is started, from its environment. */
export interface ServerOptions {
  /** 0: any free port. */
  port: number;
  /** Of inbox and attachments. 0: any free port. */
  secondPort: number;
  /** Of the agents' vault page. 0: any free port. */
  thirdPort: number;
  /** Addresses to listen on. */
  bind: string[];
  dataDir: string;
  /** Where the headers of sealed records lie: in no backup, and shared by all processes of one database. */
  headerDir: string;
  /** Where the operator puts what the vault page trusts: `roots.js`, and each desk's `manifest.json` with its signature. */
  vaultDir: string;
  /** `postgres://…`; without it an SQLite file in `dataDir`. */
  databaseUrl: string | undefined;
  /** Path of the desk file. */
  deskFile: string;
  /** `smtp://` or `smtps://`; without it mails are caught and shown, which only a demo may do. */
  smtpUrl: string | undefined;
  /** True: started to be looked at, on this machine. */
  demo: boolean;
  /** True: a demo that makes an admin and prints their password, where there is no agent yet. */
  demoAdmin: boolean;
  mailTiming: MailTiming;
  trustedProxies: string[];
  /** Where customers reach the server; `http://localhost:PORT` otherwise. */
  publicUrl: string | undefined;
  /** Where agents reach it; `http://localhost:SECOND_PORT` otherwise. */
  inboxUrl: string | undefined;
  /** Where files are opened; `http://127.0.0.1:SECOND_PORT` otherwise. */
  attachmentsUrl: string | undefined;
  /** Where customers seal what they lend; `http://127.0.0.1:PORT` otherwise. */
  vaultUrl: string | undefined;
  /** Where agents open it; `http://localhost:THIRD_PORT` otherwise. */
  agentVaultUrl: string | undefined;
  embedDir: string;
  /** Folder of the inbox as built. */
  inboxDir: string;
  /** Folder of the vault page as built. */
  vaultPageDir: string;
  /** Present in a demo only. */
  shopDir: string | undefined;
  /** Of a demo: address of the process that serves the example themes. */
  themesUrl: string | undefined;
}

/**
 * Reads and checks the environment.
 *
 * @throws {Error} naming the variable, what is wrong and what would be right.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): ServerOptions {
  const demo = env['DEMO'] === '1';
  const smtpUrl = env['SMTP_URL'] || undefined;
  if (smtpUrl === undefined && !demo) {
    throw new Error(
      'SMTP_URL is missing: without a mail server no ticket reaches anybody. Set it, for example SMTP_URL=smtps://user:password@mail.example.',
    );
  }
  // a malformed one may still hold a password: it is never repeated
  if (smtpUrl !== undefined && !(/^smtps?:\/\/[^/\s]+/.test(smtpUrl) && URL.canParse(smtpUrl)))
    throw new Error('SMTP_URL must begin with smtp:// or smtps:// and name a host.');
  const port = readPort('PORT', env['PORT']) ?? 8480;
  const dataDir = path.resolve(env['DATA_DIR'] || 'data');
  const secondPort = readPort('SECOND_PORT', env['SECOND_PORT']) ?? (port === 0 ? 0 : nextPort(port));
  return {
    port,
    secondPort,
    thirdPort: readPort('THIRD_PORT', env['THIRD_PORT']) ?? (port === 0 ? 0 : nextPort(Math.max(port, secondPort))),
    bind: list(env['BIND']) ?? ['127.0.0.1', '::1'],
    dataDir,
    ...vaultFolders(env, dataDir),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    deskFile: path.resolve(env['CONFIG'] || (demo ? path.join(SHOP_DIR, 'desks.yaml') : 'desks.yaml')),
    smtpUrl,
    demo,
    demoAdmin: demo && env['DEMO_ADMIN'] === '1',
    mailTiming: mailTiming(env),
    trustedProxies: list(env['TRUSTED_PROXIES']) ?? [],
    publicUrl: readUrl('PUBLIC_URL', env['PUBLIC_URL']),
    inboxUrl: readUrl('INBOX_URL', env['INBOX_URL']),
    attachmentsUrl: readUrl('ATTACHMENTS_URL', env['ATTACHMENTS_URL']),
    vaultUrl: readUrl('VAULT_URL', env['VAULT_URL']),
    agentVaultUrl: readUrl('AGENT_VAULT_URL', env['AGENT_VAULT_URL']),
    embedDir: path.resolve(env['EMBED_DIR'] || EMBED_DIR),
    inboxDir: path.resolve(env['INBOX_DIR'] || INBOX_DIR),
    vaultPageDir: path.resolve(env['VAULT_PAGE_DIR'] || VAULT_PAGE_DIR),
    shopDir: demo ? path.resolve(env['SHOP_DIR'] || SHOP_DIR) : undefined,
    themesUrl: demo ? readUrl('THEMES_URL', env['THEMES_URL']) : undefined,
  };
}

/** Where lent access is kept beside the database. @param dataDir absolute */
export function vaultFolders(env: NodeJS.ProcessEnv, dataDir: string): Pick<ServerOptions, 'headerDir' | 'vaultDir'> {
  return {
    headerDir: path.resolve(env['HEADER_DIR'] || path.join(dataDir, 'headers')),
    vaultDir: path.resolve(env['VAULT_DIR'] || path.join(dataDir, 'vault')),
  };
}

function readPort(name: string, text = ''): number | undefined {
  if (text === '') return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error(`${name} must be a number from 0 to 65535, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function readDatabaseUrl(text = ''): string | undefined {
  if (text === '') return undefined;
  // it may hold a password: it is never repeated
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text))
    throw new Error('DATABASE_URL must be an address such as postgres://user:password@host:5432/database.');
  return text;
}

function nextPort(port: number): number {
  if (port === 65_535) throw new Error('There is no port after 65535: name others with SECOND_PORT and THIRD_PORT.');
  return port + 1;
}

function readUrl(name: string, text = ''): string | undefined {
  if (text === '') return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new Error(`${name} must be an address such as https://support.shop.example, not ${JSON.stringify(text)}.`);
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

function list(text = ''): string[] | undefined {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.some(Boolean) ? entries.filter(Boolean) : undefined;
}
