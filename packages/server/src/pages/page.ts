import { createHash } from 'node:crypto';
import { textIn, type Desk, type OtherWay } from '@storefront-support/contract';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { AppEnv } from '../ports.js';
import { PAGE_STYLES } from './page.styles.js';
import type { PageTexts } from './texts.js';

/** What `html` of hono makes. */
export type Markup = ReturnType<typeof html> | ReturnType<typeof raw> | string;

/** Source of the style sheet for `Content-Security-Policy`. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(PAGE_STYLES).digest('base64')}'`;

/** For a page that has no script and posts to its own server. */
const CSP = `default-src 'none'; style-src ${STYLE_SOURCE}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The style sheet, as part of a page. */
export const styleSheet = (): Markup => raw(`<style>${PAGE_STYLES}</style>`);

/** Whom a page is for, and in which words. */
export interface PageFrame {
  /** Undefined: there is no such desk. */
  desk: Desk | undefined;
  language: string;
  dir: 'ltr' | 'rtl';
  texts: PageTexts;
}

/** A page of its own. */
export interface Page extends PageFrame {
  title: string;
  body: Markup;
  status: number;
  /** Names the page before this one to nobody, its own server included: its address lets in. */
  secretAddress?: boolean;
}

/** Answers with a page. */
export async function answerPage(
  c: Context<AppEnv>,
  { desk, language, dir, texts, title, body, status, secretAddress }: Page,
): Promise<Response> {
  const name = desk && textIn(desk.name, language);
  const markup = await html`<!doctype html>
    <html lang="${language}" dir="${dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${name === undefined ? title : `${title} – ${name}`}</title>
        ${styleSheet()}
      </head>
      <body>
        ${
          name === undefined
            ? ''
            : html`<header>
                <p><bdi>${name}</bdi></p>
              </header>`
        }
        <main>${body}</main>
        ${desk ? otherWays(desk, language, texts.form.otherWays) : ''}
      </body>
    </html> `;
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Content-Language', language);
  c.header('Content-Security-Policy', CSP);
  c.header('Cache-Control', 'no-store');
  // a form of ours posts with its origin only where its page may name itself to its own server
  c.header('Referrer-Policy', secretAddress ? 'no-referrer' : 'same-origin');
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(String(markup), status as 200);
}

/** Other ways to reach a shop; nothing where there are none. */
export function otherWays({ otherWays: ways }: Desk, language: string, heading: string): Markup {
  if (ways.length === 0) return '';
  return html`<footer class="ways">
    <h2>${heading}</h2>
    <ul>
      ${ways.map((way) => html`<li><bdi>${wayOf(way, language)}</bdi></li>`)}
    </ul>
  </footer>`;
}

function wayOf({ label, href }: OtherWay, language: string): Markup {
  const text = textIn(label, language);
  return href === undefined ? text : html`<a href="${href}">${text}</a>`;
}
