import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STATUSES, type SupportErrorCode } from '@storefront-support/contract';
import {
  challengeAnswerSchema,
  deskSchema,
  problemSchema,
  ticketDetailAnswerSchema,
  ticketReceiptSchema,
} from '@storefront-support/contract/schemas';
import { listenForNoise } from '../support/chromium.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { embedFiles, findExchange, readReleases, type Exchange, type Release } from '../support/released/releases.ts';
import { missing, missingMembers, Replay } from '../support/released/replay.ts';
import { startStandIn } from '../support/released/stand-in.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { caughtMails, sha256, storedTickets } from '../support/stored-files.ts';

const TODAY = fileURLToPath(new URL('../../packages/embed/dist/embed/', import.meta.url));

/** What a successful answer must be to a reader of today. */
const SCHEMAS: [RegExp, { safeParse(value: unknown): { success: boolean } }][] = [
  [/^GET \/v1\/desks\/\w+$/, deskSchema],
  [/^GET .*\/challenge$/, challengeAnswerSchema],
  [/^POST .*\/tickets$/, ticketReceiptSchema],
  [/^GET .*\/tickets\/[\w-]+$/, ticketDetailAnswerSchema],
];

const releases = readReleases();

/** Puts the embed file of a release on the shop's own address. */
async function addReleasedForm(room: ShopRoom, release: Release, session: string): Promise<void> {
  for (const name of embedFiles(release.folder)) {
    const html = await readFile(path.join(release.folder, name), 'utf8');
    room.pages[`/released/${release.name}/${name}`] = { html, headers: { 'content-type': 'text/javascript' } };
  }
  const script = `<script type="module" src="/released/${release.name}/embed.js"></script>`;
  room.addPage(`/${session}`, { body: script + room.tag({ session }) });
}

/** Resolves once both mails of a ticket are there. */
async function mailsOf(room: ShopRoom, number: string): Promise<string[]> {
  for (let n = 0; n < 100; n++) {
    const mails = (await caughtMails(room.server.url)).filter(({ text }) => text.includes(number));
    if (mails.length > 1) return mails.flatMap(({ to }) => to).sort();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the mails of ${number} have not come`);
}

it('at least one release is kept', () => {
  assert.ok(releases.length > 0);
});

for (const release of releases) {
  describe(`release ${release.name} and today`, () => {
    let room: ShopRoom;

    before(async () => {
      room = await ShopRoom.open({ desks: () => release.desks });
    });
    after(() => room?.close());

    it("the released embed files one ticket with its file on today's server, and both mails go out", async () => {
      const session = `old${release.name}`;
      await addReleasedForm(room, release, session);
      room.proxy.setRules(session, [{ match: 'PATCH /uploads', times: 1, fault: { kind: 'drop-answer' } }]);
      const form = await room.openForm(`/${session}`);
      const noise = listenForNoise(form.page);
      const file = textFile('steps.txt', `1. switch on\n2. wait\n${release.name}`);
      const subject = `From release ${release.name}`;
      await form.fill({ subject, orderReference: 'ORD-1042' });
      await form.addFiles([file]);
      await form.send();
      const number = await form.number();

      const tickets = storedTickets(room.dataDir, subject);
      assert.deepEqual(
        tickets.map((ticket) => ticket.number),
        [number],
      );
      assert.deepEqual(
        tickets[0]?.files.map(({ name, sha256: hash }) => [name, hash]),
        [[file.name, sha256(file.buffer)]],
      );
      assert.deepEqual(await mailsOf(room, number), ['ada@example.com', 'service@shop.example']);
      // what the browser itself says about an answer that was lost or refused
      assert.deepEqual(
        noise.filter((line) => !line.includes('Failed to load resource')),
        [],
      );
      await form.page.close();
    });

    it("today's embed reaches the receipt on what the released server answered", async () => {
      const standIn = await startStandIn(release);
      try {
        room.addPage('/today', { body: room.script + `<support-form endpoint="${standIn.url}" desk="demo"></support-form>` });
        const form = await room.openForm('/today');
        const file = textFile('steps.txt', 'a line\n'.repeat(100_000));
        await form.fill({ subject: 'From today', orderReference: 'ORD-1042' });
        await form.addFiles([file]);
        await form.send();
        await form.number();
        await form.page.close();
        assert.deepEqual(standIn.refused, []);
        assert.equal(standIn.tickets.length, 1);
        assert.deepEqual([...standIn.files.values()].map(sha256), [sha256(file.buffer)]);
      } finally {
        await standIn.close();
      }
    });

    it("today's server answers every released request as it was answered then, or says more", async () => {
      const replay = new Replay(room.server.url);
      const lacks: string[] = [];
      for (const exchange of release.exchanges) {
        const { request, answer, about } = exchange;
        const now = await replay.send(exchange);
        lacks.push(...missing(answer, now).map((what) => `${about}: ${request.method} ${request.path}: ${what}`));
      }
      assert.deepEqual(lacks, []);
    });

    it("every released answer can be read with today's schemas", () => {
      const read = release.exchanges.filter(({ request, answer }) => answer.body && /^\/v1\//.test(request.path));
      assert.deepEqual(
        read.filter((exchange) => !canRead(exchange)).map(({ about }) => about),
        [],
      );
      assert.ok(read.length > 10);
    });

    it('a page opened before the upgrade loads its later stages after it, and files its ticket', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'storefront-upgrade-'));
      await cp(release.folder, folder, { recursive: true });
      const upgraded = await ShopRoom.open({ env: { EMBED_DIR: folder } });
      try {
        upgraded.addPage('/', { body: `${upgraded.script}<div style="height: 3000px"></div>${upgraded.tag()}` });
        const page = await upgraded.browser.newPage();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await page.goto(upgraded.shop.url, { waitUntil: 'networkidle' });
        assert.deepEqual(
          asked.filter((pathname) => /\.js$/.test(pathname)),
          ['/embed.js'],
        );
        // as a build leaves it: new files beside those of earlier builds
        for (const name of embedFiles(TODAY)) await cp(path.join(TODAY, name), path.join(folder, name));
        await upgraded.restartServer();

        await page.locator('support-form').scrollIntoViewIfNeeded();
        const form = new FormPage(page);
        await form.fill({ subject: 'Across an upgrade' });
        await form.addFiles([textFile('steps.txt', 'wait')]);
        await form.send();
        await form.number();
        const chunks = asked.filter((pathname) => pathname.startsWith('/c/')).map((pathname) => pathname.slice(1));
        assert.ok(chunks.length >= 4, chunks.join());
        assert.deepEqual(
          chunks.filter((name) => !embedFiles(release.folder).includes(name)),
          [],
        );
        assert.equal(storedTickets(upgraded.dataDir, 'Across an upgrade').length, 1);
      } finally {
        await upgraded.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}

function canRead({ request, answer }: Exchange): boolean {
  const json = answer.body && 'json' in answer.body ? answer.body.json : undefined;
  if (answer.status < 300) {
    const schema = SCHEMAS.find(([route]) => route.test(`${request.method} ${request.path}`))?.[1];
    return schema?.safeParse(json).success === true;
  }
  return problemSchema.safeParse(json).success && STATUSES[(json as { code: SupportErrorCode }).code] === answer.status;
}

describe('the comparison of answers', () => {
  it('finds members that are gone or changed, and lets new ones be', () => {
    const recorded = { ticket: { id: 'a', due: null, tags: [{ name: 'x' }] } };
    assert.deepEqual(missingMembers(recorded, { ticket: { id: 'b', due: null, tags: [{ name: 'y', more: 1 }] }, more: true }, ''), []);
    assert.deepEqual(missingMembers(recorded, { ticket: { id: 7, tags: [{}] } }, 'body'), [
      'body.ticket.id: string, now number',
      'body.ticket.due: null, now undefined',
      'body.ticket.tags[0].name: string, now undefined',
    ]);
  });
});

describe('the stand-in for a released server', () => {
  it('refuses members that the released server did not know, as it did', async () => {
    const release = releases[0] as Release;
    const filed = findExchange(release, 'POST', /\/demo\/tickets$/);
    const standIn = await startStandIn(release);
    try {
      const { draft } = (filed.request.body as { json: { draft: object } }).json;
      const answer = await fetch(`${standIn.url}/v1/desks/demo/tickets`, {
        method: 'POST',
        headers: filed.request.headers,
        body: JSON.stringify({ draft: { ...draft, attachmentIds: [], urgency: 'high' } }),
      });
      assert.equal(answer.status, 422);
      assert.equal(((await answer.json()) as { code: string }).code, 'invalid-fields');
      assert.equal(standIn.tickets.length, 0);
      assert.match(standIn.refused.join(), /urgency/);
    } finally {
      await standIn.close();
    }
  });
});
