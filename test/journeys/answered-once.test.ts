import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { STEP_LIMIT_MS } from '../support/chromium.ts';
import { FormPage } from '../support/form-page.ts';
import { chosenSeed } from '../support/interrupted-upload.ts';
import { keptEntries, putEntries } from '../support/kept-entries.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { ShopRoom } from '../support/shop-room.ts';
import { storedTickets } from '../support/stored-files.ts';

/** Every trial of every kind: `npm run test:long -- answered-once`. */
const ALL = process.env['TRIALS'] === 'all';
/** Trials of one kind that run side by side. */
const SIDE_BY_SIDE = 3;
/** The slowest pair of clicks that a system still takes for a double click. */
const DOUBLE_CLICK_MS = 500;
const DAY_MS = 24 * 3_600_000;

const NUMBER = /[2-9A-Z]{4}-[2-9A-Z]{4}/;

const ready = (form: FormPage) => form.field(/^Subject/).waitFor();
const submit = (form: FormPage) => form.form.locator('[part=submit]');
const draftBack = (form: FormPage) => form.form.getByText(/What you wrote is back/).waitFor();

/** Resolves once it is so. */
async function untilTrue(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + STEP_LIMIT_MS;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`waited ${STEP_LIMIT_MS} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const entriesOf = async (page: Page, session: string) => (await keptEntries(page)).filter(({ scope }) => scope.includes(`/~${session}/`));

/** What the browser says of a page it did not keep; `PageSupportNeeded`: the page is to blame. */
interface Reason {
  type: string;
  reason: string;
}

/**
 * To another page of the shop and back by the browser's button. Resolves with the browser's reasons for loading the page anew;
 * undefined where it came back as it was.
 */
async function leaveAndReturn(page: Page, elsewhere: string): Promise<Reason[] | undefined> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.enable');
  let reasons: Reason[] | undefined;
  browser.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => (reasons = notRestoredExplanations));
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted })));
  await page.goto(elsewhere);
  await page.goBack({ waitUntil: 'commit' });
  await page.locator('support-form').first().waitFor();
  const persisted = await page.evaluate(() => (globalThis as { persisted?: boolean }).persisted);
  await browser.detach();
  return persisted ? undefined : (reasons ?? []);
}

/** On the receipt, or in the list of what waited. */
async function numberOn(page: Page): Promise<string> {
  const told = page.locator('support-form').getByText(NUMBER).first();
  await told.waitFor({ timeout: 30_000 });
  return NUMBER.exec(await told.innerText())?.[0] ?? '';
}

describe('answered once', { timeout: 300_000 }, () => {
  const seed = chosenSeed();
  const random = seededRandom(seed);
  let room: ShopRoom;
  let trials = 0;
  let dropped = 0;

  before(async () => {
    room = await ShopRoom.open({ profile: true, backForwardCache: true });
    room.addPage('/elsewhere', { body: '<h1>Another page of the shop</h1>' });
  });
  after(async () => {
    await room?.close();
    assert.ok(dropped <= 2, `${dropped} pages were not kept for back and forward`);
    assert.ok(ALL ? trials === 50 : trials >= 14, `${trials} trials`);
  });

  /** A page of its own with a form that sends through a session of its own. */
  async function begin(name: string, written = true): Promise<{ form: FormPage; page: Page; session: string; subject: string }> {
    const session = `${name}-${trials++}`;
    room.addForm(session);
    const form = await room.openForm(`/${session}`);
    const subject = `Once ${session}`;
    await ready(form);
    if (written) await form.fill({ subject });
    return { form, page: form.page, session, subject };
  }

  /** Exactly one ticket of these, under one key, with this number, and nothing left on the device that could make another. */
  async function answeredOnce(page: Page, session: string, subject: string, number?: string): Promise<void> {
    await settled(session);
    const stored = storedTickets(room.dataDir, subject).map((ticket) => ticket.number);
    assert.equal(stored.length, 1, `${subject}: ${stored.length} tickets`);
    if (number) assert.deepEqual(stored, [number], subject);
    const left = (await entriesOf(page, session)).filter(
      ({ draft, receipt, values }) => (draft?.subject ?? values['subject']) === subject && !receipt,
    );
    assert.deepEqual(left, [], `${subject}: something would be sent again`);
  }

  async function leave(page: Page): Promise<void> {
    const reasons = await leaveAndReturn(page, `${room.shop.url}/elsewhere`);
    if (!reasons) return;
    // a busy browser drops pages of its own accord, which says nothing of them
    const own = reasons.filter(({ type }) => type !== 'Circumstantial');
    assert.deepEqual(own, [], 'not kept for back and forward');
    dropped++;
  }

  const posts = (session: string) => room.proxy.seen(session).filter(({ method, path }) => method === 'POST' && path.endsWith('/tickets'));

  const settled = (session: string) => untilTrue('nothing is on its way', () => posts(session).every(({ until }) => until !== null));

  const sentOn = (session: string) => untilTrue('it is on its way', () => posts(session).length > 0);

  /** Runs trials by their number; in the suite every third one, of which the seed says the first. */
  async function times(count: number, trial: (n: number) => Promise<void>, all = ALL): Promise<void> {
    const third = Math.floor(random() * 3);
    const chosen = Array.from({ length: count }, (_, n) => n).filter((n) => all || n % 3 === third);
    for (let first = 0; first < chosen.length; first += SIDE_BY_SIDE)
      await Promise.all(chosen.slice(first, first + SIDE_BY_SIDE).map(trial));
  }

  it(`a double click on Send, however slow (SEED=${seed})`, async () => {
    const pauses = Array.from({ length: 10 }, (_, n) => (n < 4 ? 0 : random() * DOUBLE_CLICK_MS));
    await times(10, async (n) => {
      const { form, page, session, subject } = await begin('double');
      await submit(form).scrollIntoViewIfNeeded();
      const box = (await submit(form).boundingBox()) as { x: number; y: number; width: number; height: number };
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.click(x, y);
      await new Promise((resolve) => setTimeout(resolve, pauses[n]));
      await page.mouse.click(x, y, { clickCount: 2 });
      await answeredOnce(page, session, subject, await form.number());
      await page.close();
    });
  });

  it('Enter twice in a field', async () => {
    await times(5, async (n) => {
      const { form, page, session, subject } = await begin('enter');
      await form.field([/^Subject/, /e-?mail/i, /name/i, /order/i, /^Subject/][n] as RegExp).focus();
      await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
      await answeredOnce(page, session, subject, await form.number());
      await page.close();
    });
  });

  it('a click and Enter', async () => {
    await times(4, async (n) => {
      const { form, page, session, subject } = await begin('both');
      if (n % 2) {
        await form.field(/^Subject/).focus();
        await Promise.all([page.keyboard.press('Enter'), submit(form).click({ force: true })]);
      } else {
        await Promise.all([submit(form).click(), page.keyboard.press('Enter')]);
      }
      await answeredOnce(page, session, subject, await form.number());
      await page.close();
    });
  });

  it('back after leaving while it was being sent', async () => {
    await times(3, async (n) => {
      const { form, page, session, subject } = await begin('away');
      // the answer is still out, lost, or comes while nobody is there
      const fault = ([{ kind: 'stall' }, { kind: 'drop-answer' }, undefined] as const)[n];
      room.proxy.setRules(session, fault ? [{ match: 'POST /tickets', times: 1, fault }] : []);
      await submit(form).click();
      await sentOn(session);
      await leave(page);
      room.proxy.setRules(session, []);
      await untilTrue('it is stored', () => storedTickets(room.dataDir, subject).length > 0);
      await answeredOnce(page, session, subject, await numberOn(page));
      await page.close();
    });
  });

  it('back after leaving the receipt', async () => {
    await times(3, async () => {
      const { form, page, session, subject } = await begin('receipt');
      await form.send();
      const number = await form.number();
      await leave(page);
      await answeredOnce(page, session, subject, number);
      await page.close();
    });
  });

  it('back after leaving a draft at its last keystroke; it is then sent', async () => {
    let asTheyWere = 0;
    await times(
      3,
      async () => {
        const { form, page, session, subject } = await begin('left');
        await untilTrue('it is on the device', async () => !!(await entriesOf(page, session))[0]?.values['message']);
        await form.field(/^Subject/).press('End');
        await form.field(/^Subject/).press('!');
        const reasons = await leaveAndReturn(page, `${room.shop.url}/elsewhere`);
        if (reasons) assert.deepEqual(new Set(reasons.map(({ type }) => type)), new Set(['Circumstantial']), JSON.stringify(reasons));
        else asTheyWere++;
        if (reasons) await draftBack(form);
        const back = await form.field(/^Subject/).inputValue();
        assert.equal(back, reasons ? subject : `${subject}!`, 'the text is still there');
        await form.send();
        await answeredOnce(page, session, back, await form.number());
        await page.close();
      },
      true,
    );
    // a lock that was asked for at the very moment of leaving may come too late
    assert.ok(asTheyWere >= 2, `${asTheyWere} of 3 came back as they were`);
  });

  it('reload on the receipt', async () => {
    await times(4, async () => {
      const { form, page, session, subject } = await begin('reload');
      await form.send();
      const number = await form.number();
      await page.reload();
      await ready(form);
      assert.equal(await form.field(/^Subject/).inputValue(), '', 'the form starts clean');
      await answeredOnce(page, session, subject, number);
      await page.close();
    });
  });

  it('reload while it is being sent', async () => {
    await times(5, async (n) => {
      const { form, page, session, subject } = await begin('hurry');
      const fault = (['stall', 'drop-answer', 'drop'] as const)[n];
      room.proxy.setRules(session, fault ? [{ match: 'POST /tickets', times: 1, fault: { kind: fault } }] : []);
      await submit(form).click();
      await sentOn(session);
      await page.reload();
      await ready(form);
      room.proxy.setRules(session, []);
      const number = await numberOn(page);
      await answeredOnce(page, session, subject, number);
      await page.close();
    });
  });

  it('a tab that is closed and opened again: with a draft, while it is being sent, on the receipt', async () => {
    await times(4, async (n) => {
      const { form, page, session, subject } = await begin('restored');
      if (n < 2) await untilTrue('it is on the device', async () => (await entriesOf(page, session))[0]?.values['message'] !== undefined);
      else await submit(form).click();
      if (n === 2) await sentOn(session);
      const number = n === 3 ? await form.number() : undefined;
      await page.close();
      const again = await room.openForm(`/${session}`);
      await ready(again);
      if (n < 2) {
        await draftBack(again);
        assert.equal(await again.field(/^Subject/).inputValue(), subject);
        await again.send();
      }
      await answeredOnce(again.page, session, subject, number ?? (await numberOn(again.page)));
      await again.page.close();
    });
  });

  it('two tabs with the same page: the second starts empty, the first keeps its draft', async () => {
    await times(3, async () => {
      const { form, page, session, subject } = await begin('tabs');
      await untilTrue('it is on the device', async () => (await entriesOf(page, session)).length > 0);
      const second = await room.openForm(`/${session}`);
      await ready(second);
      await second.form.locator('[data-state=ready]').waitFor();
      await second.fill({ subject: `${subject} second`, name: 'Second Person' });
      assert.equal(await form.field(/^Subject/).inputValue(), subject, 'the first keeps its own');
      await Promise.all([form.send(), second.send()]);
      const numbers = [await form.number(), await second.number()];
      await answeredOnce(page, session, subject, numbers[0]);
      await answeredOnce(page, session, `${subject} second`, numbers[1]);
      assert.equal(new Set(posts(session).map(({ headers }) => headers['idempotency-key'])).size, 2);
      await Promise.all([page.close(), second.page.close()]);
    });
  });

  it('two forms on one page, both written in: one ticket each', async () => {
    await times(3, async () => {
      const session = `forms-${trials++}`;
      room.addPage(`/${session}`, { body: room.script + room.tag({ session }) + room.tag({ session }) });
      const page = await room.open(`/${session}`);
      const forms = [0, 1].map((n) => new FormPage(page, page.locator('support-form').nth(n)));
      for (const [n, form] of forms.entries()) await form.fill({ subject: `Once ${session} ${n}` });
      await Promise.all(forms.map((form) => form.send()));
      for (const [n, form] of forms.entries()) await answeredOnce(page, session, `Once ${session} ${n}`, await form.number());
      await page.close();
    });
  });

  it('"send another about something else" starts clean, keeps the person, and makes its own ticket', async () => {
    await times(3, async () => {
      const { form, page, session, subject } = await begin('another');
      await form.field(/order/i).fill('A-1024');
      await form.send();
      const number = await form.number();
      await form.form.getByRole('button', { name: 'Send another about something else' }).click();
      await ready(form);
      const values = await Promise.all(
        [/name/i, /e-?mail/i, /order/i, /^Subject/, /^(Your )?message/i].map((name) => form.field(name).inputValue()),
      );
      assert.deepEqual(values, ['Ada Martin', 'ada@example.com', '', '', '']);
      await form.fill({ subject: `${subject} else` });
      await form.send();
      const second = await form.number();
      assert.notEqual(second, number);
      await answeredOnce(page, session, subject, number);
      await answeredOnce(page, session, `${subject} else`, second);
      await page.close();
    });
  });

  it("the shop's page is kept for back and forward whatever its form is doing", async () => {
    const reach: Record<string, (form: FormPage, session: string) => Promise<unknown>> = {
      fresh: (form) => ready(form),
      typed: (form) => form.fill({ subject: 'Typed' }),
      waiting: async (form, session) => {
        room.proxy.setRules(session, [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
        await form.fill({ subject: 'Waiting' });
        await form.send();
        await form.form.getByText('Saved on this device, not sent yet').waitFor();
      },
      receipt: async (form) => {
        await form.fill({ subject: 'Receipt' });
        await form.send();
        await form.number();
      },
    };
    await Promise.all(
      Object.entries(reach).map(async ([state, go]) => {
        const session = `kept-${state}`;
        room.addForm(session);
        const form = await room.openForm(`/${session}`);
        await go(form, session);
        await leave(form.page);
        await form.page.close();
      }),
    );
  });

  it('a draft goes along to another page of the shop', async () => {
    room.addForm('along');
    room.addPage('/along-too', { body: room.script + room.tag({ session: 'along' }) });
    const form = await room.openForm('/along');
    const { page } = form;
    await form.fill({ subject: 'Along', message: 'Written on page A.' });
    await untilTrue('it is on the device', async () => (await entriesOf(page, 'along'))[0]?.values['message'] === 'Written on page A.');
    await page.goto(`${room.shop.url}/along-too`);
    await draftBack(form);
    assert.equal(await form.field(/^Subject/).inputValue(), 'Along');
    assert.equal(await form.field(/^(Your )?message/i).inputValue(), 'Written on page A.');
    await form.send();
    await answeredOnce(page, 'along', 'Along', await form.number());
    await page.close();
  });

  it('a draft of more than seven days is gone, a message that was sent is not', async () => {
    room.addForm('aged');
    const form = await room.openForm('/aged');
    const { page } = form;
    room.proxy.setRules('aged', [{ match: 'POST /tickets', fault: { kind: 'drop' } }]);
    await form.fill({ subject: 'Aged and queued' });
    await form.send();
    await form.form.getByText('Saved on this device, not sent yet').waitFor();
    await page.reload();
    await form.fill({ subject: 'Aged draft' });
    await untilTrue('it is on the device', async () =>
      (await entriesOf(page, 'aged')).some(({ values }) => values['subject'] === 'Aged draft' && values['message']),
    );
    await page.goto(`${room.shop.url}/elsewhere`);
    const all = await entriesOf(page, 'aged');
    assert.equal(all.length, 2);
    const aged = all.map((entry) => ({ ...entry, savedAt: entry.savedAt - (entry.draft ? 400 : 7) * DAY_MS, doubt: false }));
    await putEntries(page, aged);
    room.proxy.setRules('aged', []);
    await page.goto(`${room.shop.url}/aged`);
    const number = await numberOn(page);
    assert.deepEqual(
      storedTickets(room.dataDir, 'Aged and queued').map((ticket) => ticket.number),
      [number],
    );
    assert.equal(await form.field(/^Subject/).inputValue(), '');
    await untilTrue('the draft is gone', async () => (await entriesOf(page, 'aged')).every(({ receipt }) => receipt));
    await page.close();
  });
});
