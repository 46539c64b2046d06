import { createHmac, randomBytes } from 'node:crypto';
import { deskCommand, type CommandPlace } from './desk-command.ts';
import { httpRequest, type HttpAnswer } from './http-request.ts';
import type { ServerProcess } from './server-process.ts';

/** An agent whose account is set up. */
export interface TestAgent {
  id: string;
  email: string;
  password: string;
  /** Base32. */
  secret: string;
}

export interface NewTestAgent {
  name?: string;
  admin?: true;
  /** `desk/contact` each. */
  serve?: string[];
}

/** Adds an agent by the command line, with a password and time-based codes. */
export async function addAgent(place: CommandPlace, { name = 'Ann', admin, serve = [] }: NewTestAgent): Promise<TestAgent> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${randomBytes(3).toString('hex')}@shop.example`;
  const run = async <T>(...args: string[]): Promise<T> => {
    const answer = await deskCommand(place, ...args, '--json');
    if (answer.code !== 0) throw new Error(answer.err);
    return answer.json<T>();
  };
  const role = admin ? ['--admin'] : serve.flatMap((contact) => ['--serve', contact]);
  const { agent } = await run<{ agent: { id: string } }>('agents', 'add', '--name', name, '--email', email, ...role);
  const { password } = await run<{ password: string }>('agents', 'password', email);
  const { timeCode } = await run<{ timeCode: { secret: string } }>('agents', 'totp', email);
  return { id: agent.id, email, password, secret: timeCode.secret };
}

/** The code that an app shows. @param ahead steps of 30 seconds from now. */
export function codeOf(secret: string, ahead = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac[19]! & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export interface BrowserRequest {
  method?: string;
  /** JSON. */
  body?: unknown;
  headers?: Record<string, string | undefined>;
}

/** A browser with the inbox open: its cookies, and the headers that its own pages send. */
export class AgentBrowser {
  readonly #server: ServerProcess;
  readonly port: number;
  cookie: string | undefined;

  constructor(server: ServerProcess) {
    this.#server = server;
    this.port = Number(new URL(server.inboxUrl).port);
  }

  get origin(): string {
    return this.#server.inboxUrl;
  }

  /** As a page of the inbox asks; a header that is undefined is left out. */
  async ask(path: string, { method = 'GET', body, headers = {} }: BrowserRequest = {}): Promise<HttpAnswer> {
    const all: Record<string, string | undefined> = {
      cookie: this.cookie,
      ...(method !== 'GET' && { origin: this.origin, 'sec-fetch-site': 'same-origin' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const given = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await httpRequest(this.port, path, { method, headers: given, ...(text !== undefined && { body: text }) });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      this.cookie = /max-age=0/i.test(line) ? undefined : pair;
    }
    return answer;
  }

  /** Signs in. The code is of the step after the last one that this account has used here. */
  async signIn({ email, password, secret }: TestAgent, ahead = 0): Promise<HttpAnswer> {
    return this.ask('/v1/agent/sign-in', { method: 'POST', body: { email, password, code: codeOf(secret, ahead) } });
  }
}

/** A browser with this agent signed in. */
export async function signedIn(server: ServerProcess, agent: TestAgent, ahead = 0): Promise<AgentBrowser> {
  const browser = new AgentBrowser(server);
  const answer = await browser.signIn(agent, ahead);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return browser;
}
