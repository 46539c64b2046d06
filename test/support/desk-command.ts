import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const desk = path.join(root, 'packages/server/dist/bundle/desk.js');

/** What a command printed, and how it ended. */
export interface CommandAnswer {
  code: number | null;
  out: string;
  err: string;
  /** Standard output as JSON, for commands with --json. */
  json<T = Record<string, never>>(): T;
}

/** Where a command looks for things. */
export interface CommandPlace {
  dataDir: string;
  /** The demo shop's otherwise. */
  deskFile?: string;
  /** Undefined on SQLite. */
  databaseUrl?: string | undefined;
  /** Where set-up links lead; where a server runs on SQLite, it knows. */
  inboxUrl?: string;
  env?: Record<string, string>;
  /** Standard input. */
  input?: string;
}

/** Runs the command line as built, in a process of its own. */
export function deskCommand(
  { dataDir, deskFile, databaseUrl, inboxUrl, env, input = '' }: CommandPlace,
  ...args: string[]
): Promise<CommandAnswer> {
  const child = spawn(process.execPath, [desk, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      CONFIG: deskFile ?? path.join(root, 'examples/plain-html/desks.yaml'),
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...(inboxUrl !== undefined && { INBOX_URL: inboxUrl }),
      ...env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err, json: <T>() => JSON.parse(out) as T }));
  });
}
