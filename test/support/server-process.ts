import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const serve = path.join(root, 'packages/server/dist/bundle/serve.js');
const START_LIMIT_MS = 30_000;

export interface StartOptions {
  /** Content of the desk file; the demo shop's otherwise. */
  config?: unknown;
  /** Kept after `stop()`; a fresh temporary folder otherwise, removed by `stop()`. */
  dataDir?: string;
  /** A free port otherwise. */
  port?: number;
  env?: Record<string, string>;
  /** Postgres to run on. Otherwise SQLite or, with `DATABASE=postgres` in the environment of the test, a database per data folder. */
  databaseUrl?: string;
  /** Command in front of node, for example `['strace', '-f']`. */
  wrapper?: string[];
}

export interface ServerProcess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Where agents reach it, without a trailing slash. */
  readonly inboxUrl: string;
  /** Where files are opened, without a trailing slash. */
  readonly attachmentsUrl: string;
  /** Where customers seal, without a trailing slash. */
  readonly vaultUrl: string;
  /** Where agents open, without a trailing slash. */
  readonly agentVaultUrl: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly deskFile: string;
  /** Undefined on SQLite. */
  readonly databaseUrl: string | undefined;
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Ends the process with the signal and resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** SIGTERM, then the temporary folder is removed. */
  stop(): Promise<void>;
}

const databases = new Map<string, Promise<string>>();

/** A server that is started again on its data folder finds its database again. */
function databaseOf(dataDir: string): Promise<string> | undefined {
  if (process.env['DATABASE'] !== 'postgres') return undefined;
  let url = databases.get(dataDir);
  if (!url) databases.set(dataDir, (url = import('./postgres.ts').then(({ newDatabase }) => newDatabase())));
  return url;
}

/** Starts the real server, as built, in a process of its own and resolves when it says that it is ready. */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'storefront-support-'));
  const dataDir = options.dataDir ?? path.join(scratch, 'data');
  const databaseUrl = options.databaseUrl ?? (await databaseOf(dataDir));
  let configFile = path.join(root, 'examples/plain-html/desks.yaml');
  if (options.config !== undefined) {
    configFile = path.join(scratch, 'desks.yaml');
    await writeFile(configFile, JSON.stringify(options.config, null, 2));
  }
  const [command = process.execPath, ...args] = [...(options.wrapper ?? []), process.execPath, serve];
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(options.port ?? 0),
      SECOND_PORT: '0',
      THIRD_PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? '',
      CONFIG: configFile,
      DEMO: '1',
      ...options.env,
    },
  });
  let output = '';
  const gone = once(child, 'exit');
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server was not ready within ${START_LIMIT_MS} ms:\n${output}`));
    }, START_LIMIT_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const ready = /^ready (http:\/\/\S+?)\/?$/.exec(line);
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready[1] as string);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      // the streams may still hold the reason
      setImmediate(() => reject(new ServerExit(code, signal, output)));
    });
  }).catch(async (error: unknown) => {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  });
  const pid = options.wrapper ? wrapped(child.pid as number) : (child.pid as number);
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) process.kill(pid, signal);
    await gone;
  };
  const addressOf = (what: string) => new RegExp(`^${what} +(https?://\\S+?)/?$`, 'm').exec(output)?.[1] ?? '';
  return {
    url,
    port: Number(new URL(url).port),
    inboxUrl: addressOf('inbox'),
    attachmentsUrl: addressOf('files'),
    vaultUrl: addressOf('vault'),
    agentVaultUrl: addressOf('opening'),
    pid,
    dataDir,
    deskFile: configFile,
    databaseUrl,
    child,
    output: () => output,
    kill,
    async stop() {
      await kill();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** The process that a wrapper such as strace has started: the wrapper itself may be deaf to signals. */
function wrapped(wrapper: number): number {
  return Number(readFileSync(`/proc/${wrapper}/task/${wrapper}/children`, 'utf8').trim().split(' ')[0]);
}

/** The server refused to start or died before it was ready. */
export class ServerExit extends Error {
  readonly code: number | null;
  readonly output: string;

  constructor(code: number | null, signal: string | null, output: string) {
    super(`the server ended with ${signal ?? code} before it was ready:\n${output}`);
    this.code = code;
    this.output = output;
  }
}
