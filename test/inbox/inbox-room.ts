import type { BrowserContextOptions, Page } from 'playwright-core';
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
