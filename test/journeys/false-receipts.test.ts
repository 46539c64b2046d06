import { messageTexts, waitingTexts } from '@storefront-support/elements/locales';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { shopDesks } from '../support/desks.ts';
import { FormPage, textFile } from '../support/form-page.ts';
import { makeCertificate, startPlainDoor, startTlsDoor, type FrontDoor } from '../support/front-door.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { keptEntries } from '../support/kept-entries.ts';
import { scaleClock } from '../support/scaled-clock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';
import { OFFLINE_WORKER, TICKET_FAULTS, type Place, type Scene, type TicketFault } from '../support/ticket-faults.ts';

/** Of each fault; 5 by `npm run test:long -- false-receipts`. Seeds are new in every run, so that runs add up. */
const TRIALS = process.env['TRIALS'] === 'all' ? 5 : 1;
const LANES = 3;
/** Much like others that have all their trials. */
const VARIANTS = ['a 200 with an empty body', 'a 200 with truncated JSON', 'a certificate that nobody trusts', 'a reset before the answer'];
const FACTOR = 15;
/** How long the outbox waits for a database that does not answer, at first and then. */
const PATIENCE_MS = [3_000, 200];
const NUMBER = /[2-9A-Z]{4}-[2-9A-Z]{4}/;

const messages = await messageTexts('en');
const waiting = await waitingTexts('en');

/** How the message goes out once the fault is gone. */
const WAYS = ['send now', 'page view', 'online', 'back-off'] as const;
/** What happens while the fault lasts. */
const MEANWHILE = ['nothing', 'reload', 'another page', 'offline for a moment'] as const;

interface Plan {
  seed: number;
  place: Place;
  meanwhile: (typeof MEANWHILE)[number];
  /** Requests that have met the fault before it is lifted. */
  failures: number;
  way: (typeof WAYS)[number];
  random: () => number;
}

function planOf(base: number, fault: TicketFault, trial: number): Plan {
  const seed = base + TICKET_FAULTS.indexOf(fault) * TRIALS + trial;
  const random = seededRandom(seed);
  const pick = <T>(...all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  // in turn, every fault from another one on
  const way = WAYS[(base + TICKET_FAULTS.indexOf(fault) + trial) % WAYS.length] ?? 'back-off';
  const pressed = way === 'send now';
  return {
    seed,
    way,
    place: pick<Place>('ticket', 'challenge', ...(pressed ? [] : (['upload'] as const))),
    // a page without its desk has nothing to press
    meanwhile: pick(...MEANWHILE.filter((what) => !pressed || !fault.everything || what === 'nothing' || what === 'offline for a moment')),
    failures: pressed ? 1 : pick(1, 2, 3),
    random,
  };
}

describe(`what is no receipt, ${TRIALS} times each, ${LANES} side by side`, { concurrency: LANES }, () => {
  const base = chosenSeed();
  const trusted = makeCertificate();
  const stranger = makeCertificate();
  const subjects: string[] = [];
  let room: ShopRoom;

  before(async () => {
    room = await ShopRoom.open({
      desks: (origins) => shopDesks(origins, { proofOfWork: 10 }),
      switches: [`--ignore-certificate-errors-spki-list=${trusted.spki}`],
    });
    room.pages['/worker.js'] = { html: OFFLINE_WORKER, headers: { 'content-type': 'text/javascript' } };
  });
  after(async () => {
    for (const subject of room ? subjects : []) assert.equal(storedTickets(room.dataDir, subject).length, 1, subject);
    await room?.close();
  });

  for (const fault of TICKET_FAULTS) {
    it(`${fault.name} drops nothing, is told as what it is, and makes one ticket each (SEED=${base})`, { timeout: 180_000 }, async (t) => {
      for (let trial = 0; trial < (VARIANTS.includes(fault.name) ? 1 : TRIALS); trial++) {
        const plan = planOf(base, fault, trial);
        const { seed, place, meanwhile, failures, way } = plan;
        const told = `seed ${seed}: from the ${place}, ${meanwhile} meanwhile, ${failures} failures, out by ${way}`;
        const started = performance.now();
        await tryOnce(fault, plan).catch((error: unknown) => {
          throw new Error(`${fault.name}, ${told}: ${String(error)}`, { cause: error });
        });
        t.diagnostic(`${told}; ${((performance.now() - started) / 1_000).toFixed(1)} s`);
      }
    });
  }

  async function openDoor(fault: TicketFault): Promise<FrontDoor | undefined> {
    const port = Number(new URL(room.proxy.url).port);
    return fault.door && (fault.door === 'tls' ? startTlsDoor(port, trusted, stranger) : startPlainDoor(port));
  }

  async function tryOnce(fault: TicketFault, plan: Plan): Promise<void> {
    const { seed, place, way, random } = plan;
    const subject = `False receipt ${seed}`;
    const name = `r${seed}`;
    subjects.push(subject);
    const door = await openDoor(fault);
    const session = room.proxy.session(name);
    const endpoint = door
      ? session.replace(room.proxy.url, `${fault.door === 'tls' ? 'https' : 'http'}://127.0.0.1:${door.port}`)
      : session;
    const worker = fault.worker ? '<script>navigator.serviceWorker.register("/worker.js")</script>' : '';
    for (const path of [`/${name}`, `/${name}-cart`])
      room.addPage(path, { body: `${worker}${room.script}<support-form endpoint="${endpoint}" desk="demo"></support-form>` });
    const context = await room.browser.playwright.newContext();
    try {
      // the first pause is long enough to press in
      await scaleClock(context, way === 'send now' && !fault.slow ? 1 : FACTOR, PATIENCE_MS);
      let attempts = 0;
      context.on('request', (request) => {
        if (/\/(challenge|uploads|tickets)/.test(request.url())) attempts++;
      });
      const form = await openForm(await context.newPage(), name);
      if (worker) await form.page.waitForFunction(() => navigator.serviceWorker.controller);
      const scene: Scene = { room, name, context, page: form.page, door, place, random };

      await form.field(/^Subject/).waitFor();
      if (place === 'challenge') await fault.begin(scene);
      await form.fill({ subject });
      if (place === 'upload') {
        await fault.begin(scene);
        await form.addFiles([textFile('steps.txt', subject)]);
      }
      if (place === 'ticket') {
        // what is needed to send has been fetched
        await form.page.waitForLoadState('networkidle');
        await fault.begin(scene);
      }
      attempts = 0;
      await form.send();
      const stalledUpload = place === 'upload' && fault.slow;
      if (stalledUpload) await form.form.getByText(messages.waitingForFiles(1, '1')).first().waitFor();
      else await readsTheTruth(form, fault);
      await until('more tries', () => attempts >= plan.failures);
      const last = await passTime(form, fault, plan);
      const [entry, ...others] = await keptEntries(last.page);
      assert.ok(entry?.draft && !entry.receipt, 'the message waits on this device');
      assert.equal(others.length, 0);
      assert.ok(storedTickets(room.dataDir, subject).length <= 1);

      const number = await numberOn(await mend({ ...scene, page: last.page }, fault, plan, last));
      assert.deepEqual(
        storedTickets(room.dataDir, subject).map((ticket) => ticket.number),
        [number],
      );
    } catch (error) {
      const states = context.pages().map((page) =>
        page
          .locator('support-form')
          .first()
          .evaluate((form) => form.shadowRoot?.textContent),
      );
      const shown = (await Promise.allSettled(states)).map((state) => `${(state as { value?: string }).value}`.replace(/\s+/g, ' '));
      throw new Error([String(error), ...shown].join('\non a page: '), { cause: error });
    } finally {
      await context.close();
      door?.close();
    }
  }

  async function openForm(page: Page, path: string): Promise<FormPage> {
    page.setDefaultTimeout(15_000);
    await page.goto(`${room.shop.url}/${path}`);
    return new FormPage(page);
  }

  /** In the form that was sent. */
  async function readsTheTruth({ form }: FormPage, fault: TicketFault): Promise<void> {
    const error = form.locator('[part=error]');
    await error.getByText(messages.saved).waitFor();
    await error.getByText(messages.errors[fault.code]).waitFor();
    await error.getByText(messages.later).waitFor();
    assert.equal(await form.locator('[part=receipt]').count(), 0, 'no receipt');
  }

  /** On a page that was opened afterwards. */
  async function listsTheTruth({ form }: FormPage, fault: TicketFault, { place }: Plan): Promise<void> {
    if (fault.everything) return;
    const entry = form.locator('[part=waiting-entry]');
    await entry.waitFor();
    if (place !== 'upload') await entry.getByText(messages.errors[fault.code]).waitFor();
    await entry.getByText(waiting.queued).or(entry.getByText(waiting.sending)).first().waitFor();
    assert.equal(await form.locator('[part=receipt]').count(), 0, 'no receipt');
  }

  /** What a person does while the fault lasts. Resolves with the page that is looked at last. */
  async function passTime(form: FormPage, fault: TicketFault, plan: Plan): Promise<FormPage> {
    const { page } = form;
    switch (plan.meanwhile) {
      case 'reload':
        await page.reload();
        await listsTheTruth(form, fault, plan);
        return form;
      case 'another page': {
        const other = await openForm(await page.context().newPage(), `r${plan.seed}-cart`);
        await listsTheTruth(other, fault, plan);
        return other;
      }
      case 'offline for a moment':
        await page.context().setOffline(true);
        await page.context().setOffline(false);
        break;
      case 'nothing':
    }
    return form;
  }

  /** Lifts the fault and lets the message out in the way of the plan. */
  async function mend(scene: Scene, fault: TicketFault, { way, seed }: Plan, form: FormPage): Promise<BrowserContext> {
    const { context } = scene;
    if (way === 'page view') {
      // nothing that runs knows of the message
      const blank = await context.newPage();
      await blank.goto(`${room.shop.url}/worker.js`);
      for (const page of context.pages()) if (page !== blank) await page.close();
      await fault.lift({ ...scene, page: blank });
      await openForm(blank, `r${seed}-cart`);
    } else if (way === 'online') {
      await context.setOffline(true);
      await fault.lift(scene);
      await context.setOffline(false);
    } else {
      await fault.lift(scene);
      if (way === 'send now') await press(form, fault);
    }
    return context;
  }

  async function press({ form }: FormPage, fault: TicketFault): Promise<void> {
    const button = form.locator('[part=retry]:not([aria-disabled=true]), [part=send-now]:not([aria-disabled=true])').first();
    const pressed = button.click();
    // there the clock runs, and the back-off may be first
    await (fault.slow ? Promise.race([pressed.catch(() => undefined), form.locator('[part=number]').first().waitFor()]) : pressed);
  }

  /** The number that a person is told on any page of the shop, in the form or in the list. */
  async function numberOn(context: BrowserContext): Promise<string> {
    const told = (page: Page) =>
      page.locator('support-form').locator('[part=number], [part=waiting-entry] [role=status]').filter({ hasText: NUMBER });
    let number = '';
    await until('a receipt', async () => {
      for (const page of context.pages()) {
        number = NUMBER.exec((await told(page).allTextContents()).join())?.[0] ?? '';
        // a page that could not read its desk
        if (!number && (await page.locator('[data-state=broken]').count()) && (await keptEntries(page)).some(({ receipt }) => receipt))
          await page.reload();
        if (number) break;
      }
      return !!number;
    });
    // the form that sent it may show the receipt first: then the list is empty
    for (const page of context.pages())
      await page
        .locator('[part=seen]')
        .click({ timeout: 500 })
        .catch(() => undefined);
    const [page] = context.pages();
    await until('nothing is left', async () => !page || !(await keptEntries(page)).length);
    return number;
  }
});

async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await wait(120);
  }
}
