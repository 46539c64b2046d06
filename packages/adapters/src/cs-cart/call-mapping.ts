import { jsonOf } from '../exchange.js';
import { TOKEN } from './token.js';

/** The token of this visit, from any form of a page or from its script; undefined: the shop uses none. */
export function tokenIn(document: Document): string | undefined {
  const field = document.querySelector<HTMLInputElement>(`[name="${TOKEN}"]`);
  return field?.value ?? new RegExp(`${TOKEN}\\W+(\\w+)`).exec([...document.scripts].map(({ text }) => text).join())?.[1];
}

/** What the shop's own form calls a phone number, where the page has that form. */
export function phoneLabelIn(document: Document): string {
  const phone = document.querySelector<HTMLInputElement>('[name="call_data[phone]"]');
  const label = phone?.labels?.[0]?.textContent ?? phone?.placeholder ?? '';
  return label.trim().replace(/[\s*:]+$/, '');
}

/**
 * Of an answer to a request that says it is AJAX: true where the shop tells something and nothing of it is an error, else the error.
 * Undefined: it is no such answer.
 */
export function toldBy(text: string): true | string | undefined {
  const answer = jsonOf(text) as { notifications?: { [id: string]: { type: string; message: string } } } | null | undefined;
  const told = Object.values(answer?.notifications ?? {});
  const error = told.find(({ type }) => type === 'E');
  return error ? error.message.replace(/<[^>]*>/g, ' ').trim() : told.length > 0 || undefined;
}
