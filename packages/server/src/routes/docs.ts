import { createHash } from 'node:crypto';
import { STATUSES, isRetryable, type SupportErrorCode } from '@storefront-support/contract';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { EncodedText } from '../middleware/encoded-text.js';
import { TITLES } from '../middleware/errors.js';
import type { OwnOrigins } from '../middleware/origins.js';
import type { AppEnv } from '../ports.js';
import { DOCS_STYLES } from './docs.styles.js';
import type { Answer, Operation } from './openapi-operation.js';
import { OPERATIONS } from './openapi-operations.js';
import { openApiDocument } from './openapi.js';

const STYLE_HASH = createHash('sha256').update(DOCS_STYLES).digest('base64');
const CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const BEARER = {
  secret: 'Bearer and the ticket secret.',
  session: 'Bearer and the token of a session.',
  either: 'Bearer and the token of a session, or the ticket’s own secret.',
  agent: 'Bearer, the key of a script; browsers send the cookie of a session instead.',
  'agent-session': 'None: browsers send the cookie of a session.',
  'vault-session': 'None: browsers send the cookie of a session of the agents’ vault page.',
  pass: 'Bearer and a pass.',
};

type Markup = ReturnType<typeof html>;

/** `GET /docs`: the interface as one page, without scripts. */
export function docsRoutes(own: OwnOrigins): Hono<AppEnv> {
  let answer: Promise<EncodedText> | undefined;
  return new Hono<AppEnv>().get('/docs', async (c) => {
    answer ??= page(own).then((text) => new EncodedText(text, 'text/html; charset=utf-8'));
    c.header('Cache-Control', 'no-cache');
    c.header('Content-Security-Policy', CSP);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    return (await answer).answer(c);
  });
}

async function page(own: OwnOrigins): Promise<string> {
  const { info, components } = await openApiDocument(own);
  const markup = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title}: interface</title>
        ${raw(`<style>${DOCS_STYLES}</style>`)}
      </head>
      <body>
        <header>
          <h1>${info.title}</h1>
          <p class="lead">
            Interface ${info.version} of the server at <code>${own.url('public')}</code>, also as <a href="openapi.json">OpenAPI 3.1</a>.
          </p>
          <nav aria-label="Routes">
            <ol>
              ${OPERATIONS.map(
                ({ method, path, id, summary }) =>
                  html`<li>
                    <a href="#${id}"
                      ><span class="method">${method}</span><code>${path.split(/(?=\/)/).map((step) => html`${step}<wbr />`)}</code
                      ><span class="summary">${summary}</span></a
                    >
                  </li>`,
              )}
            </ol>
          </nav>
        </header>
        <main>
          <h2>Routes</h2>
          ${OPERATIONS.map(article)}
          <h2 id="errors">Errors</h2>
          <p>
            Every error is <code>application/problem+json</code>: <a href="#Problem">Problem</a>. The code says what happened; people read
            their own language’s text for it.
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              ${errorRows()}
            </tbody>
          </table>
          <h2>Schemas</h2>
          ${Object.entries(components.schemas)
            .sort(([a], [b]) => a.localeCompare(b))
            .map(
              ([name, schema]) =>
                html`<section id="${name}">
                  <h3 class="name">${name}</h3>
                  <pre tabindex="0"><code>${JSON.stringify(schema, null, 2)}</code></pre>
                </section>`,
            )}
        </main>
      </body>
    </html> `;
  return String(markup);
}

function article({ id, method, path, summary, description, bearer, origin, parameters = [], body, answers, errors }: Operation): Markup {
  return html`<article id="${id}">
    <h2><span class="method">${method}</span><code>${path}</code></h2>
    <p class="title">${summary}</p>
    ${description === undefined ? '' : html`<p>${withCode(description)}</p>`}${origin === undefined ? '' : html`<p>Served on the origin of the ${origin} alone.</p>`}
    ${
      parameters.length > 0 || bearer
        ? html`<h3>Sent with</h3>
            <table>
              <tbody>
                ${bearer ? row('Authorization', 'required', BEARER[bearer]) : ''}${parameters.map((parameter) =>
                  row(
                    parameter.name,
                    parameter.in === 'path'
                      ? 'in the path'
                      : parameter.in === 'query'
                        ? 'in the query'
                        : parameter.required
                          ? 'required'
                          : 'optional',
                    parameter.description,
                  ),
                )}
              </tbody>
            </table>`
        : ''
    }
    ${
      body
        ? html`<h3>Body</h3>
            <p>
              ${body.schema === undefined ? html`<code>${body.media}</code>` : html`JSON: ${schemaLink(body.schema)}`}.
              ${withCode(body.description)}
            </p>`
        : ''
    }
    <h3>Answers</h3>
    <table>
      <tbody>
        ${Object.entries(answers).map(([status, answer]) => answerRow(status, answer))}${byStatus(errors).map(
          (code) =>
            html`<tr>
              <th scope="row" class="bad">${STATUSES[code]}</th>
              <td>
                <a href="#${code}"><code>${code}</code></a> <span class="note">${TITLES[code]}</span>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </article>`;
}

function row(name: string, note: string, text: string): Markup {
  return html`<tr>
    <th scope="row"><code>${name}</code> <span class="note">${note}</span></th>
    <td>${withCode(text)}</td>
  </tr>`;
}

function answerRow(status: string, { description, schema, media, headers = {} }: Answer): Markup {
  const names = Object.keys(headers);
  return html`<tr>
    <th scope="row">${status}</th>
    <td>
      ${description} ${schema === undefined ? '' : schemaLink(schema)}${media === undefined ? '' : html`<code>${media}</code>`}
      ${names.length > 0 ? html`<span class="note">Headers: ${names.join(', ')}</span>` : ''}
    </td>
  </tr>`;
}

/** Text in backticks as code. */
function withCode(text: string): (string | Markup)[] {
  return text.split('`').map((part, n) => (n % 2 === 0 ? part : html`<code>${part}</code>`));
}

function schemaLink(name: string): Markup {
  return html`<a href="#${name}">${name}</a>`;
}

function byStatus(codes: readonly SupportErrorCode[]): SupportErrorCode[] {
  return [...new Set(codes)].sort((a, b) => STATUSES[a] - STATUSES[b]);
}

function errorRows(): Markup[] {
  const travelling = (Object.keys(STATUSES) as SupportErrorCode[]).filter((code) => STATUSES[code] > 0);
  return byStatus(travelling).map(
    (code) =>
      html`<tr id="${code}">
        <th scope="row"><code>${code}</code> <span class="note">${STATUSES[code]}</span></th>
        <td>${TITLES[code]}${isRetryable(code) ? html` <span class="note">A retry may succeed.</span>` : ''}</td>
      </tr>`,
  );
}
