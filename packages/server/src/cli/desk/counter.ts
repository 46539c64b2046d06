import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Problem } from '@storefront-support/contract';
import { diskHeaderStore } from '../../access/header-store.js';
import { manifestFiles } from '../../access/manifest-files.js';
import { Seal } from '../../agents/seal.js';
import { readDeskFile } from '../../config/read-desk-file.js';
import type { DeskConfig } from '../../desk-config.js';
import { LocalEventHub } from '../../events/event-hub.js';
import { diskBlobStore } from '../../files/disk-blob-store.js';
import { OwnOrigins } from '../../middleware/origins.js';
import { AS_AGENT, createOperatorApp } from '../../operator-app.js';
import { socketPath } from '../../operator-socket.js';
import type { Log } from '../../ports.js';
import { vaultFolders } from '../../read-environment.js';
import { openStore } from '../../store/open-store.js';

/** One question to whoever holds the data folder. */
export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Whoever holds the data folder: the server that runs, or this process. */
export interface Counter {
  /** True while a server runs, and so mails leave at once. */
  readonly running: boolean;
  /** @throws {Refusal} for every answer that is an error. */
  ask<T>(path: string, question?: Question): Promise<T>;
  /** Bytes of a file. @throws {Refusal} as `ask`. */
  bytes(path: string): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

/** What was asked for cannot be done, in the words of the server. */
export class Refusal extends Error {
  readonly problem: Problem & { entries?: unknown };

  constructor(problem: Refusal['problem']) {
    super(problem.detail);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** Where things are, from the environment. */
export interface Places {
  dataDir: string;
  deskFile: string;
  /** Postgres; undefined: SQLite in the data folder. */
  databaseUrl: string | undefined;
  /** See `ServerOptions`. */
  headerDir: string;
  vaultDir: string;
  inboxUrl: string | undefined;
  port: number;
}

/** @param env DATA_DIR, HEADER_DIR, VAULT_DIR, CONFIG and DATABASE_URL as the server has them; INBOX_URL, PORT and SECOND_PORT say where set-up links lead. */
export function placesIn(env: NodeJS.ProcessEnv): Places {
  const port = Number(env['PORT'] || 8480);
  const dataDir = path.resolve(env['DATA_DIR'] || 'data');
  return {
    dataDir,
    ...vaultFolders(env, dataDir),
    deskFile: path.resolve(env['CONFIG'] || 'desks.yaml'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    inboxUrl: env['INBOX_URL'] || (env['SECOND_PORT'] ? `http://localhost:${env['SECOND_PORT']}` : undefined),
    port: Number.isInteger(port) ? port : 8480,
  };
}

/**
 * Reaches the server that holds the data folder; where none runs, takes the folder itself.
 *
 * @param agent address of the agent to act for.
 * @throws {Error} in plain words, where neither can be.
 */
export async function openCounter(places: Places, agent?: string): Promise<Counter> {
  const headers: Record<string, string> = agent === undefined ? {} : { [AS_AGENT]: encodeURIComponent(agent) };
  const socket = socketPath(places.dataDir);
  if (socket !== null && existsSync(socket) && (await answers(socket))) {
    return {
      running: true,
      ask: async (address, question = {}) => read(await overSocket(socket, address, withHeaders(question, headers))),
      bytes: (address) => bytesOverSocket(socket, address, headers),
      close: () => Promise.resolve(),
    };
  }
  return ownCounter(places, headers);
}

async function ownCounter(
  { dataDir, headerDir, vaultDir, deskFile, databaseUrl, inboxUrl, port }: Places,
  headers: Record<string, string>,
): Promise<Counter> {
  const desks = new Map((await readDeskFile(deskFile)).map((config): [string, DeskConfig] => [config.desk.id, config]));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await using undo = new AsyncDisposableStack();
  const opened = await openStore({ dataDir, databaseUrl, headerDir }, SILENT);
  undo.defer(() => opened.close());
  const { store, installSecret } = opened;
  const own = new OwnOrigins();
  own.listen({ port, inboxUrl });
  const app = createOperatorApp(
    {
      store,
      desks,
      events: new LocalEventHub(),
      blobs: diskBlobStore(path.join(dataDir, 'uploads')),
      headers: diskHeaderStore(headerDir),
      manifests: manifestFiles(vaultDir),
      log: SILENT,
      now: Date.now,
      installSecret,
      mailWaiting: () => undefined,
    },
    { own, seal: Seal.ofTimeCodes(installSecret), dataDir },
  );
  const held = undo.move();
  return {
    running: false,
    async ask(address, question = {}) {
      const { method, headers: all, body } = requestOf(withHeaders(question, headers));
      const answer = await app.request(address, { method, headers: all, ...(body !== undefined && { body }) });
      return read({ status: answer.status, text: await answer.text() });
    },
    async bytes(address) {
      const answer = await app.request(address, { headers });
      if (answer.status >= 400) return read({ status: answer.status, text: await answer.text() });
      return (answer.body as AsyncIterable<Uint8Array> | null) ?? Readable.from([]);
    },
    close: () => held.disposeAsync(),
  };
}

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Answered {
  status: number;
  text: string;
}

function read<T>({ status, text }: Answered): T {
  const body = (text === '' ? {} : JSON.parse(text)) as T;
  if (status >= 400) throw new Refusal(body as Refusal['problem']);
  return body;
}

function withHeaders(question: Question, headers: Record<string, string>): Question {
  return { ...question, headers: { ...headers, ...question.headers } };
}

function requestOf({ method = 'GET', body, headers = {} }: Question) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const typed: Record<string, string> =
    text === undefined ? headers : { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) };
  return { method, headers: typed, body: text };
}

function overSocket(socketPath: string, address: string, question: Question): Promise<Answered> {
  const { method, headers, body } = requestOf(question);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath, path: address, method, headers: { Host: 'localhost', ...headers }, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 500, text: Buffer.concat(chunks).toString('utf8') }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function bytesOverSocket(socketPath: string, address: string, headers: Record<string, string>): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, path: address, headers: { Host: 'localhost', ...headers }, agent: false }, (answer) => {
      const status = answer.statusCode ?? 500;
      if (status < 400) resolve(answer);
      else
        text(answer)
          .then((said) => resolve(read({ status, text: said })), reject)
          .catch(reject);
    });
    request.on('error', reject);
    request.end();
  });
}

/** False for what a server that died has left. */
async function answers(socketPath: string): Promise<boolean> {
  return overSocket(socketPath, '/operator/desks', {}).then(
    () => true,
    () => false,
  );
}
