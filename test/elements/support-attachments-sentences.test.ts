import { expect } from '@open-wc/testing';
import { until } from '../support/browser-setup.ts';
import { AttachmentsPage, openAttachments } from './attachments-page.ts';
import { textFile } from './form-page.ts';

/** From here on this page loads no further code of the server. */
function forbidScripts(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'self' 'unsafe-inline' 'unsafe-eval'";
  document.head.append(policy);
}

describe('files whose sentences do not load', () => {
  let page: AttachmentsPage;
  before(async () => {
    (await openAttachments()).element.remove();
    forbidScripts();
  });
  beforeEach(() => {
    page = new AttachmentsPage('fr');
  });
  afterEach(() => page.element.remove());

  it('fail, so that a form does not wait for them, and so again with every try', async () => {
    page.element.add([textFile()]);
    expect(page.element.pending).to.equal(1);
    await until('the failure', () => page.element.troubled === 1);
    expect([page.element.pending, page.element.failure?.code, page.element.failure?.retryable]).to.deep.equal([0, 'load-failed', true]);
    page.element.retry();
    expect(page.element.pending).to.equal(1);
    await until('the second failure', () => page.element.troubled === 1);
    expect(page.sent).to.have.length(0);
  });

  it('are sent at the next try once there are sentences', async () => {
    page.element.add([textFile()]);
    await until('the failure', () => page.element.troubled === 1);
    Object.assign(page.element, { locale: 'en' });
    await page.rowsIn('failed');
    page.element.retry();
    await page.rowsIn('done');
    expect(page.sent).to.have.length(1);
  });
});
