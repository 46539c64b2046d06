import { SupportError, textIn } from '@storefront-support/contract';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { DeskConfig } from '../desk-config.js';
import { EncodedText } from '../middleware/encoded-text.js';
import { chooseLanguage } from '../pages/choose-language.js';
import { plainForm } from '../pages/form-page.js';
import { otherWays, STYLE_SOURCE, styleSheet } from '../pages/page.js';
import { pageTexts } from '../pages/texts.js';
import type { AppEnv, Ports } from '../ports.js';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src ${STYLE_SOURCE}`,
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * `GET /desks/{desk}`: form and tracker on a page of their own, where mails lead that name no page of the shop. The form works without a
 * script, too, and is the one that shows where scripts do not come.
 */
export function deskPageRoutes({ desks }: Pick<Ports, 'desks'>): Hono<AppEnv> {
  const pages = new Map<string, Promise<EncodedText>>();
  return new Hono<AppEnv>().get('/desks/:desk', async (c) => {
    const config = desks.get(c.req.param('desk'));
    if (!config) throw new SupportError('desk-not-found', 'This server has no desk of this id; its desk file names them.');
    const language = chooseLanguage(c.req.header('Accept-Language'), config.desk.locales);
    const name = `${config.desk.id} ${language}`;
    let page = pages.get(name);
    if (!page) pages.set(name, (page = pageOf(config, language).then((text) => new EncodedText(text, 'text/html; charset=utf-8'))));
    c.header('Cache-Control', 'no-cache');
    c.header('Content-Language', language);
    c.header('Content-Security-Policy', CSP);
    // its form posts with its origin only where it may name itself to its own server
    c.header('Referrer-Policy', 'same-origin');
    c.header('Vary', 'Accept-Language');
    c.header('X-Content-Type-Options', 'nosniff');
    return (await page).answer(c);
  });
}

/** Its own addresses are relative: a proxy may serve it below a path. */
async function pageOf({ desk }: DeskConfig, language: string): Promise<string> {
  const name = textIn(desk.name, language);
  const frame = { desk, ...pageTexts(desk, language, ...desk.locales) };
  const form = { ...frame, action: `../v1/desks/${desk.id}/tickets/form`, locale: language, values: new Map(), problems: {}, files: [] };
  const markup = await html`<!doctype html>
    <html lang="${language}" dir="${frame.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${name}</title>
        ${styleSheet()}
        <script type="module" src="../embed.js"></script>
      </head>
      <body>
        <main>
          <h1>${name}</h1>
          <support-tracker endpoint="../" desk="${desk.id}"></support-tracker>
          <support-form endpoint="../" desk="${desk.id}">${plainForm(form)}</support-form>
        </main>
        ${otherWays(desk, frame.language, frame.texts.form.otherWays)}
      </body>
    </html> `;
  return String(markup);
}
