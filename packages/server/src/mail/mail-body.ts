import { LOCALES } from '../locales/index.js';
import { isolated } from '../locales/isolated.js';

/** A mail's content, once; plain text and HTML are two ways to write it down. */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** Label, with its colon, and value; without a label the value stands alone, and is in the language of the mail. */
  | { kind: 'list'; items: { label?: string; value: string }[] }
  /** An address to follow, below what it is for. */
  | { kind: 'link'; text: string; href: string }
  /** A person's own words, line breaks kept. */
  | { kind: 'quote'; text: string };

export function plainText(blocks: readonly Block[], language: string): string {
  return `${blocks.map((block) => plainBlock(block, language)).join('\n\n')}\n`;
}

export function html(blocks: readonly Block[], language: string): string {
  return `<!doctype html>\n<html lang="${language}" dir="${LOCALES[language]?.dir ?? 'ltr'}"><head><meta charset="utf-8"></head><body>\n${blocks.map(htmlBlock).join('\n')}\n</body></html>\n`;
}

function plainBlock(block: Block, language: string): string {
  if (block.kind === 'list') {
    const dir = LOCALES[language]?.dir;
    return block.items
      .map(({ label, value }) => (label === undefined ? `- ${value}` : `${label} ${dir === 'rtl' ? isolated(value) : value}`))
      .join('\n');
  }
  return block.kind === 'link' ? `${block.text}\n${block.href}` : block.text;
}

function htmlBlock(block: Block): string {
  if (block.kind === 'paragraph') return `<p>${escapeHtml(block.text)}</p>`;
  if (block.kind === 'link') {
    const href = escapeHtml(block.href);
    return `<p>${escapeHtml(block.text)}<br>\n<a href="${href}" rel="noreferrer" dir="ltr">${href}</a></p>`;
  }
  if (block.kind === 'quote') return `<blockquote dir="auto">${escapeHtml(block.text).replaceAll('\n', '<br>\n')}</blockquote>`;
  const items = block.items.map(
    ({ label, value }) =>
      `<li>${label === undefined ? escapeHtml(value) : `<b>${escapeHtml(label)}</b> <bdi>${escapeHtml(value)}</bdi>`}</li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

/** What somebody wrote, without characters that mean something to a mail program only. */
export function personsText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
