import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { caughtMails } from '../support/stored-files.ts';
import { openDesks } from '../support/desks.ts';
import { linkTokenIn } from '../support/room-mails.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const email = 'scanned@customer.example';

describe('a mailed link and those who look at it first', () => {
  let server: ServerProcess;

  before(async () => {
    server = await startServer({ config: openDesks() });
  });
  after(() => server?.stop());

  const post = (path: string, body: object) =>
    fetch(`${server.url}/v1/desks/open/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** The mail, once the server has sent it. */
  async function signInMail(): Promise<string> {
    for (;;) {
      const mail = (await caughtMails(server.url)).find(({ kind }) => kind === 'sign-in');
      if (mail) return mail.text;
    }
  }

  it('is unspent after twenty of them, stands in no line of the log and opens a session', async () => {
    await postTicket({ url: server.url, desk: 'open', keys: newKeys(), draft: newDraft({ requester: { name: 'Bo', email } }) });
    const { secret: browserSecret } = newKeys();
    assert.equal((await post('sign-in-links', { email, browserSecret, locale: 'en' })).status, 202);
    const text = await signInMail();
    const linkToken = linkTokenIn(text);
    const link = /^http\S+#support-sign-in=\S+$/m.exec(text)?.[0];
    assert.ok(linkToken && link);
    const [page] = link.split('#');
    assert.equal(page, `${server.url}/desks/open`);
    // what a fetch sends of the link, and what a scanner might make of it that reads the fragment too
    const addresses = [
      link,
      `${page}?support-sign-in=PROBE`,
      `${server.url}/v1/desks/open/sessions`,
      `${server.url}/v1/desks/open/sign-in-links`,
    ];
    for (let n = 0; n < 20; n++) {
      const answer = await fetch(addresses[n % 4] as string, { method: n % 2 ? 'HEAD' : 'GET', redirect: 'manual' });
      assert.ok(answer.status < 500);
      assert.ok(!(await answer.text()).includes(linkToken));
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const)
      await fetch(`${server.url}/v1/desks/open/sessions?linkToken=${linkToken}&confirmed=true`, { method });
    const opened = await post('sessions', { linkToken, browserSecret });
    assert.equal(opened.status, 201);
    const { token } = (await opened.json()) as { token: string };
    const list = await fetch(`${server.url}/v1/desks/open/tickets`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(list.status, 200);
    for (const secret of [linkToken, browserSecret, token, email]) assert.ok(!server.output().includes(secret));
  });

  it('leads to a page that scripts of nobody else can run on', async () => {
    const answer = await fetch(`${server.url}/desks/open`, { headers: { 'Accept-Language': 'de, fr-CH;q=0.9, en;q=0.8' } });
    assert.equal(answer.status, 200);
    const text = await answer.text();
    assert.match(text, /<html lang="fr" dir="ltr">/);
    assert.match(text, /<support-tracker endpoint="\.\.\/" desk="open">/);
    assert.match(text, /<support-form endpoint="\.\.\/" desk="open">/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(answer.headers.get('referrer-policy'), 'same-origin');
    for (const [markup, csp] of [
      [text, policy],
      await fetch(`${server.url}/docs`).then(
        async (docs) => [await docs.text(), docs.headers.get('content-security-policy') ?? ''] as const,
      ),
    ] as const) {
      const styles = /<style>([^]*?)<\/style>/.exec(markup)?.[1] ?? '';
      assert.ok(csp.includes(`'sha256-${createHash('sha256').update(styles).digest('base64')}'`), 'the styles are let through');
    }
    assert.equal((await fetch(`${server.url}/desks/nobody`)).status, 404);
    assert.equal((await fetch(`${server.attachmentsUrl}/desks/open`)).status, 404);
  });
});
