import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AccessKind, AccessMeta, AccessRequest, VaultPass } from '@storefront-support/contract';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ageBytes } from '../support/age-bytes.ts';
import { addAgent, codeOf, signedIn, type AgentBrowser, type NewTestAgent, type TestAgent } from '../support/agent-browser.ts';
import { openDesks } from '../support/desks.ts';
import { launchRoomBrowser, type RoomBrowser } from '../support/room-browser.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const [open] = openDesks() as [{ desk: { contacts: object[] }; notify: object }];
const config = [
  {
    ...open,
    desk: { ...open.desk, contacts: [...open.desk.contacts, { id: 'sales', name: 'Sales' }] },
    notify: { ...open.notify, sales: 'sales@shop.example' },
    accessOffers: true,
  },
];

/** A page of the inbox, and what it complained of. */
export interface InboxPage {
  page: Page;
  /** Console output, uncaught errors, violations of the policy. */
  noise: string[];
}

/** The real server with its inbox, and browsers in front of it. */
export class InboxRoom {
  readonly server: ServerProcess;
  readonly browser: RoomBrowser;

  private constructor(server: ServerProcess, browser: RoomBrowser) {
    this.server = server;
    this.browser = browser;
  }

  static async open(): Promise<InboxRoom> {
    const [server, browser] = await Promise.all([startServer({ config }), launchRoomBrowser()]);
    return new InboxRoom(server, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  addAgent(options: NewTestAgent = {}): Promise<TestAgent> {
    return addAgent(this.server, { serve: ['open/service', 'open/sales'], ...options });
  }

  /** A ticket of a customer. */
  async file(changes: object = {}): Promise<{ number: string; secret: string }> {
    const keys = newKeys();
    const answer = await postTicket({ url: this.server.url, keys, draft: newDraft(changes) });
    if (answer.status !== 201) throw new Error(await answer.text());
    return { secret: keys.secret, number: ((await answer.json()) as { ticket: { number: string } }).ticket.number };
  }

  /** What the customer writes in their thread. */
  async customerWrites(number: string, secret: string, text: string): Promise<void> {
    const answer = await fetch(`${this.server.url}/v1/desks/open/tickets/${number}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', 'Idempotency-Key': newKeys().idempotencyKey },
      body: JSON.stringify({ text, attachmentIds: [], secret: newKeys().secret }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  }

  /** Keys of the team; the server checks no signature. */
  async publishKeys(): Promise<void> {
    const folder = path.join(this.server.dataDir, 'vault/open');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ v: 1, recipients: [{ epoch: 1, recipient: 'age1of1' }] }));
    await writeFile(path.join(folder, 'manifest.json.sig'), '-----BEGIN SSH SIGNATURE-----\n');
  }

  /** The customer offers access. */
  async customerOffers(number: string, secret: string, kinds: AccessKind[]): Promise<AccessRequest> {
    return (await this.#asCustomer<{ request: AccessRequest }>(number, secret, 'offers', { kinds, reason: 'It is quicker' })).request;
  }

  /** The customer sends a record that a request asks for. */
  async customerLends(number: string, secret: string, requestId: string, kind: AccessKind): Promise<string> {
    const pass = await this.#asCustomer<VaultPass>(number, secret, `requests/${requestId}/passes`, {});
    const [now, id] = [Date.now(), randomBytes(16).toString('base64url')];
    const times = { createdAt: new Date(now).toISOString(), expiresAt: new Date(now + 86_400_000).toISOString() };
    const meta: AccessMeta = { requestId, kind, epoch: 1, fileBytes: 0, maxReveals: 1, ...times };
    const answer = await fetch(`${this.server.vaultUrl}/v1/desks/open/vault/records/${id}`, {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${pass.token}`,
        'Content-Type': 'application/octet-stream',
        'Vault-Meta': JSON.stringify(meta),
      },
      body: new Uint8Array(ageBytes()),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return id;
  }

  /** The customer ends a record. */
  async customerRevokes(number: string, secret: string, id: string): Promise<void> {
    const answer = await fetch(`${this.server.url}/v1/desks/open/tickets/${number}/access/records/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${secret}` },
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async #asCustomer<T>(number: string, secret: string, place: string, body: object): Promise<T> {
    const answer = await fetch(`${this.server.url}/v1/desks/open/tickets/${number}/access/${place}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${secret}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': newKeys().idempotencyKey,
        Origin: this.server.url,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  }

  /** What the customer sees of a thread. */
  async customerReads(number: string, secret: string): Promise<string> {
    const answer = await fetch(`${this.server.url}/v1/desks/open/tickets/${number}/messages`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
    return answer.text();
  }

  /** A browser of its own at an address of the inbox. */
  async visit(fragment = '', options: BrowserContextOptions = {}): Promise<InboxPage> {
    const page = await this.browser.newPage({ locale: 'en-GB', ...options });
    const noise: string[] = [];
    page.on('console', (message) => {
      // browsers tell of every refused request by themselves
      if (!/status of 4\d\d/.test(message.text())) noise.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => noise.push(`uncaught: ${error.message}`));
    await page.goto(`${this.server.inboxUrl}/${fragment}`);
    return { page, noise };
  }

  /** The same, with an agent signed in by the cookie that their sign-in gave. */
  async visitAs(agent: TestAgent, fragment = '', options: BrowserContextOptions = {}): Promise<InboxPage & { agentBrowser: AgentBrowser }> {
    const agentBrowser = await signedIn(this.server, agent);
    const [name = '', value = ''] = (agentBrowser.cookie ?? '').split('=');
    const visit = await this.visit('', options);
    await visit.page.context().addCookies([{ name, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
    await visit.page.goto('about:blank');
    await visit.page.goto(`${this.server.inboxUrl}/${fragment}`);
    return { ...visit, agentBrowser };
  }
}

/** Types password and code. @param ahead steps of 30 seconds from now: a code works once. */
export async function signInOn(page: Page, { email, password, secret }: TestAgent, ahead = 0): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Code from your app').fill(codeOf(secret, ahead));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
