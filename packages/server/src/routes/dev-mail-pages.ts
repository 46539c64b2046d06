import { escapeHtml } from '../mail/mail-body.js';
import type { CaughtMail } from '../mail/mail-catcher.js';

const SHOWN = 200;

export const DEV_MAIL_STYLES = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --soft: light-dark(#57606a, #a5adb8); --line: light-dark(#d8dee4, #343b44);
  --paper: light-dark(#fff, #171a1f); --ground: light-dark(#f4f5f7, #0f1115); --accent: light-dark(#0b57d0, #8ab4f8); --tag: light-dark(#e7eefb, #22304a); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: 0 0 1rem; color: var(--soft); }
a { color: var(--accent); }
p > a { display: inline-block; padding-block: .3rem; }
a:focus-visible, pre:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.paper { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
ul.mails { list-style: none; margin: 0; padding: 0; }
ul.mails li + li { border-top: 1px solid var(--line); }
ul.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .85rem 1.1rem; color: inherit; text-decoration: none; }
ul.mails a:hover { background: var(--ground); }
ul.mails a:focus-visible { outline-offset: -3px; }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.to, time, .size { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
.tag { background: var(--tag); border-radius: 1rem; font-size: .75rem; padding: .1rem .6rem; align-self: center; justify-self: end; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1.25rem; margin: 0; padding: 1.1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1.1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .9375rem/1.55 ui-monospace, monospace; }
summary { cursor: pointer; padding: .35rem 0; }
ul.files { margin: 0; padding: 1.1rem 1.1rem 1.1rem 2.2rem; }
code { font-size: .8125rem; color: var(--soft); overflow-wrap: anywhere; }
.empty { padding: 3rem 1.1rem; text-align: center; color: var(--soft); }
@media (max-width: 36rem) { ul.mails a { grid-template-columns: minmax(0, 1fr); row-gap: .15rem; } .tag { justify-self: start; order: 1; margin-top: .25rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
`;

export function mailListPage(mails: readonly CaughtMail[]): string {
  const items = mails.slice(0, SHOWN).map(
    ({ id, kind, headers, receivedAt, attachments }) => `<li><a href="/dev/mail/${id}">
<span class="subject">${escapeHtml(headers.subject)}</span><span class="tag">${escapeHtml(kind)}</span>
<span class="to">${escapeHtml(headers.to)}${attachments.length > 0 ? `, ${attachments.length} ${attachments.length === 1 ? 'file' : 'files'}` : ''}</span>${time(receivedAt)}
</a></li>`,
  );
  const list =
    items.length > 0
      ? `<ul class="mails">${items.join('')}</ul>`
      : '<div class="empty">No mail yet. Send the form, then reload this page.</div>';
  const count =
    mails.length > SHOWN
      ? `The newest ${SHOWN} of ${mails.length}.`
      : mails.length > 0
        ? `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}.`
        : '';
  return page(
    'Caught mail',
    `<h1>Caught mail</h1>\n<p>No SMTP server is set, so mails stay here. ${count}</p>\n<div class="paper">${list}</div>`,
  );
}

export function mailPage(mail: CaughtMail): string {
  const { headers, envelope } = mail;
  const rows: [string, string | null][] = [
    ['From', headers.from],
    ['To', headers.to],
    ['Reply-To', headers.replyTo],
    ['Envelope', `${envelope.from} → ${envelope.to}`],
    ['Message-ID', headers.messageId],
    ['Auto-Submitted', headers.autoSubmitted],
    ['In-Reply-To', headers.inReplyTo],
  ];
  const list = rows.filter(([, value]) => value !== null).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value ?? '')}</dd>`);
  const files = mail.attachments.map(
    ({ filename, size, sha256 }) =>
      `<li>${escapeHtml(filename)} <span class="size">${size} bytes</span><br><code>SHA-256 ${sha256}</code></li>`,
  );
  return page(
    headers.subject,
    `<p><a href="/dev/mail">All mails</a></p>
<h1>${escapeHtml(headers.subject)}</h1>
<p>${time(mail.receivedAt)}</p>
<div class="paper"><dl>${list.join('')}</dl></div>
<h2>Text</h2>
<div class="paper"><pre>${escapeHtml(mail.text)}</pre></div>
${files.length > 0 ? `<h2>Files</h2>\n<div class="paper"><ul class="files">${files.join('')}</ul></div>` : ''}
<h2>More</h2>
<details><summary>HTML part, as source</summary><div class="paper"><pre>${escapeHtml(mail.html)}</pre></div></details>
<p><a href="/dev/mail/${mail.id}.eml">Raw mail</a></p>`,
  );
}

function time(instant: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(new Date(instant));
  return `<time datetime="${instant}">${shown} UTC</time>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${DEV_MAIL_STYLES}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
