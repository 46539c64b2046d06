import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { openDesks } from '../support/desks.ts';
import { linkTokenIn } from '../support/room-mails.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { caughtMails } from '../support/stored-files.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const email = 'follows@customer.example';

describe('the page of a desk', { timeout: 120_000 }, () => {
  let server: ServerProcess;
  let browser: Browser;

  before(async () => {
    [server, browser] = await Promise.all([startServer({ config: openDesks() }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('lets in by a mailed link, once it is confirmed, and shows the token to nobody', async () => {
    const draft = newDraft({ requester: { name: 'Bo', email }, subject: 'A lamp that hums' });
    await postTicket({ url: server.url, desk: 'open', keys: newKeys(), draft });
    const asked = await fetch(`${server.url}/v1/desks/open/sign-in-links`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, browserSecret: newKeys().secret, locale: 'en' }),
    });
    assert.equal(asked.status, 202);
    let text: string | undefined;
    while (text === undefined) text = (await caughtMails(server.url)).find(({ kind }) => kind === 'sign-in')?.text;
    const link = /^http\S+#support-sign-in=\S+$/m.exec(text)?.[0] ?? '';
    const token = linkTokenIn(link) ?? '';
    assert.ok(token);
    const page = await openPage(browser);
    const noise = listenForNoise(page);
    const seen: string[] = [];
    page.on('request', (request) => seen.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await page.goto(link);
    const tracker = page.locator('support-tracker');
    const confirm = tracker.getByRole('button', { name: 'Yes, sign me in here' });
    await confirm.waitFor();
    assert.ok(!page.url().includes(token));
    await confirm.click();
    await tracker.getByText('A lamp that hums').first().waitFor();
    await page.locator('support-form').getByRole('textbox').first().waitFor();
    // what the browser knows of an address is more than it sends
    const sent = seen.map((request) => request.replace(/#\S*/, ''));
    assert.ok(!sent.join('\n').includes(token));
    assert.ok(!server.output().includes(token));
    // the browser reports the refusal that asks to confirm
    assert.deepEqual(
      noise.filter((line) => !/status of 409/.test(line)),
      [],
    );
  });
});
