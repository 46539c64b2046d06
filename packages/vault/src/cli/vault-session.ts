import { randomUUID } from 'node:crypto';
import { isSupportErrorCode, SupportError, type AccessRecord, type AccessReveal, type Problem } from '@storefront-support/contract';
import type { SealedAccess } from '../sealed-body.js';
import { CannotBeDone } from './usage-error.js';

const LIMIT_MS = 60_000;
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What somebody signs in with. */
export interface TypedProof {
  email: string;
  password: string;
  /** Of an app for time-based codes. */
  code: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** JSON, or bytes as they are. */
  body?: object | Uint8Array<ArrayBuffer>;
}

/** A person at the agents' vault page of a server, from a command line. Rejects with what the server says. */
export class VaultSession {
  readonly #at: URL;
  #cookie = '';

  private constructor(at: URL) {
    this.#at = at;
  }

  /** @throws {CannotBeDone} passwords go to this machine or over https alone; nobody answers. @throws {SupportError} `not-signed-in` */
  static async signIn(at: string, proof: TypedProof): Promise<VaultSession> {
    const url = URL.parse(at);
    if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && LOCAL.has(url.hostname)))
      throw new CannotBeDone(`--at is where agents open records: https://… (AGENT_VAULT_URL of the server).`);
    const session = new VaultSession(url);
    const answer = await session.#ask('/v1/agent/sign-in', { method: 'POST', body: proof });
    session.#cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    return session;
  }

  /** What is active, sealed to the oldest keys first. */
  async records(desk: string): Promise<{ ticket: string; record: AccessRecord }[]> {
    const answer = await this.#ask(`${vaultOf(desk)}/records`);
    return ((await answer.json()) as { records: { ticket: string; record: AccessRecord }[] }).records;
  }

  /** Lends a record for two minutes, to be sealed anew: its customer is told. */
  async release(desk: string, recordId: string): Promise<AccessReveal> {
    const headers = { 'Idempotency-Key': randomUUID() };
    return (await (await this.#ask(`${vaultOf(desk)}/records/${recordId}/rewraps`, { method: 'POST', headers })).json()) as AccessReveal;
  }

  async sealed(desk: string, revealId: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await this.#ask(`${vaultOf(desk)}/reveals/${revealId}/sealed`)).arrayBuffer());
  }

  /** Puts what was sealed anew in the place of what was released. */
  async replace(desk: string, revealId: string, { body, epoch, fileBytes }: SealedAccess): Promise<void> {
    const headers = { 'Vault-Meta': JSON.stringify({ epoch, fileBytes }) };
    await this.#ask(`${vaultOf(desk)}/reveals/${revealId}/sealed`, { method: 'PUT', headers, body });
  }

  async signOut(): Promise<void> {
    await this.#ask('/v1/agent/sign-out', { method: 'POST' });
  }

  async #ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Response> {
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(new URL(path, this.#at), {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: {
        // as the page itself asks: the server takes changes from nobody else
        Origin: this.#at.origin,
        'Sec-Fetch-Site': 'same-origin',
        ...(this.#cookie !== '' && { Cookie: this.#cookie }),
        ...(body && { 'Content-Type': bytes ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : bytes ? body : JSON.stringify(body),
    }).catch((): never => {
      throw new CannotBeDone(`${this.#at.origin} does not answer.`);
    });
    if (answer.ok) return answer;
    const { code, detail = '' } = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    throw new SupportError(isSupportErrorCode(code) ? code : 'internal', detail || `The server answered with ${answer.status}.`);
  }
}

function vaultOf(desk: string): string {
  return `/v1/desks/${encodeURIComponent(desk)}/agent/vault`;
}
