import { Hono, type Context } from 'hono';
import type { Desk } from '@storefront-support/contract';
import { confirmHeld, discardHeld, filedOf, linkedTo } from '../held/confirm-held.js';
import type { DeskConfig } from '../desk-config.js';
import { LOCALES } from '../locales/index.js';
import type { OwnOrigins } from '../middleware/origins.js';
import { readForm } from '../middleware/read-form.js';
import { chooseLanguage } from '../pages/choose-language.js';
import { confirmPage, endPage, filedPage } from '../pages/held-pages.js';
import { answerPage, type PageFrame } from '../pages/page.js';
import { pageTexts } from '../pages/texts.js';
import type { AppEnv, Ports } from '../ports.js';

type Ctx = Context<AppEnv>;

/** An answer to the question of the page. */
const ANSWER_BYTES = 1_000;

/**
 * `GET` and `POST /desks/{desk}/confirm/{token}`: where the mail about a message that was posted without a script leads. Looking does
 * nothing, however often mail scanners look; only the button of the page delivers the message.
 *
 * @param ending once aborted, answers are no longer waited for.
 */
export function confirmPageRoutes(ports: Ports, own: OwnOrigins, ending?: AbortSignal): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/desks/:desk/confirm/:token', async (c) => {
      const config = ports.desks.get(c.req.param('desk'));
      const held = config && (await linkedTo(ports, config, c.req.param('token')));
      const frame = frameOf(c, config, held?.locale);
      if (!held || !hasDesk(frame)) return answerPage(c, goneOf(frame));
      const filed = filedOf(held);
      return answerPage(c, filed ? filedPage(frame, filed.receipt, filed.contactId) : confirmPage(frame, held));
    })
    .post('/desks/:desk/confirm/:token', async (c) => {
      const config = ports.desks.get(c.req.param('desk'));
      const held = config && (await linkedTo(ports, config, c.req.param('token')));
      const frame = frameOf(c, config, held?.locale);
      const { fields } = await readForm(c, { names: new Set(['answer']), most: ANSWER_BYTES, ending });
      if (!config || !held || !hasDesk(frame)) return answerPage(c, goneOf(frame));
      const answer = fields.get('answer');
      if (!isOwnPage(c, own) || (answer !== 'confirm' && answer !== 'discard')) return answerPage(c, confirmPage(frame, held));
      if (answer === 'discard' && (await discardHeld(ports, held))) {
        ports.log.info('held-ticket-discarded', { desk: config.desk.id });
        return answerPage(c, endPage(frame, frame.texts.discarded, 200, formUrl(config)));
      }
      const confirmed = await confirmHeld(ports, config, held);
      if (confirmed.outcome === 'filed') return answerPage(c, filedPage(frame, confirmed.receipt, confirmed.contactId));
      return answerPage(c, confirmed.outcome === 'gone' ? goneOf(frame) : endPage(frame, frame.texts.refused, 409, formUrl(config)));
    });
}

function frameOf(c: Ctx, config: DeskConfig | undefined, locale: string | undefined): PageFrame {
  const locales = config?.desk.locales ?? Object.keys(LOCALES);
  return { desk: config?.desk, ...pageTexts(config?.desk, locale ?? chooseLanguage(c.req.header('Accept-Language'), locales), ...locales) };
}

function hasDesk(frame: PageFrame): frame is PageFrame & { desk: Desk } {
  return frame.desk !== undefined;
}

function goneOf(frame: PageFrame) {
  return endPage(frame, frame.texts.gone, 410, frame.desk && formUrl({ desk: frame.desk }));
}

/** From the page of a link to that of the desk: a proxy may serve both below a path. */
function formUrl({ desk }: { desk: Desk }): string {
  return `../../${encodeURIComponent(desk.id)}`;
}

/** True where the button of the page itself was pressed, as far as a browser says: it posts without naming its origin. */
function isOwnPage(c: Ctx, own: OwnOrigins): boolean {
  if (!['same-origin', undefined].includes(c.req.header('Sec-Fetch-Site'))) return false;
  const origin = c.req.header('Origin');
  return origin === undefined || origin === 'null' || own.isOwn(origin, 'public');
}
