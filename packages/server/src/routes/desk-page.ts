import { createHash } from 'node:crypto';
import { SupportError, textIn, type OtherWay } from '@storefront-support/contract';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { DeskConfig } from '../desk-config.js';
import { EncodedText } from '../middleware/encoded-text.js';
import type { AppEnv, Ports } from '../ports.js';

const STYLES = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 2rem; padding-inline: 1rem; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
support-tracker, support-form { display: block; margin-block: 2.5rem; }
`;
const STYLE_HASH = createHash('sha256').update(STYLES).digest('base64');
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /desks/{desk}`: form and tracker on a page of their own, where mails lead that name no page of the shop. */
export function deskPageRoutes({ desks }: Pick<Ports, 'desks'>): Hono<AppEnv> {
  const pages = new Map<string, Promise<EncodedText>>();
  return new Hono<AppEnv>().get('/desks/:desk', async (c) => {
    const config = desks.get(c.req.param('desk'));
    if (!config) throw new SupportError('desk-not-found', 'This server has no desk of this id; its desk file names them.');
    const language = languageFor(c.req.header('Accept-Language'), config.desk.locales);
    const name = `${config.desk.id} ${language}`;
    let page = pages.get(name);
    if (!page) pages.set(name, (page = pageOf(config, language).then((text) => new EncodedText(text, 'text/html; charset=utf-8'))));
    c.header('Cache-Control', 'no-cache');
    c.header('Content-Language', language);
    c.header('Content-Security-Policy', CSP);
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Vary', 'Accept-Language');
    c.header('X-Content-Type-Options', 'nosniff');
    return (await page).answer(c);
  });
}

/** Its own addresses are relative: a proxy may serve it below a path. */
async function pageOf({ desk }: DeskConfig, language: string): Promise<string> {
  const name = textIn(desk.name, language);
  const ways = desk.otherWays.map((way) => html`<li>${wayOf(way, language)}</li>`);
  const markup = await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${name}</title>
        ${raw(`<style>${STYLES}</style>`)}
        <script type="module" src="../embed.js"></script>
      </head>
      <body>
        <main>
          <h1>${name}</h1>
          <support-tracker endpoint="../" desk="${desk.id}"></support-tracker>
          <support-form endpoint="../" desk="${desk.id}"></support-form>
          ${
            ways.length > 0
              ? html`<ul>
                  ${ways}
                </ul>`
              : ''
          }
        </main>
      </body>
    </html> `;
  return String(markup);
}

function wayOf({ label, href }: OtherWay, language: string): ReturnType<typeof html> | string {
  const text = textIn(label, language);
  return href === undefined ? text : html`<a href="${href}">${text}</a>`;
}

/** The language of the desk that comes first in what the browser wants; the desk's own first otherwise. */
function languageFor(wanted: string | undefined, locales: readonly string[]): string {
  const base = (tag: string) => tag.split('-', 1)[0]?.toLowerCase();
  const weighed = (wanted ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.map((parameter) => /^q=([\d.]+)$/i.exec(parameter)?.[1]).find(Boolean);
    return { tag: tag.toLowerCase(), weight: Number(weight ?? 1) };
  });
  for (const { tag, weight } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    if (!(weight > 0)) continue;
    const found = locales.find((locale) => locale.toLowerCase() === tag) ?? locales.find((locale) => base(locale) === base(tag));
    if (found !== undefined) return found;
  }
  return locales[0] ?? 'en';
}
