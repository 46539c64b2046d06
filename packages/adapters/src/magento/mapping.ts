import type { TicketDraft } from '@storefront-support/contract';
import { toJson } from '../to-json.js';

/** What the contact form takes. */
export interface ContactInput {
  name: string;
  email: string;
  comment: string;
}

/** Subject and order reference have no place of their own: they are the first lines, in the customer's words alone. */
export function contactInput({ requester: { name, email }, subject, orderReference, message }: TicketDraft): ContactInput {
  const order = orderReference?.trim();
  return { name: name.trim(), email: email.trim(), comment: [subject, ...(order ? [`# ${order}`] : []), '', message].join('\n') };
}

/** One of the messages that a theme shows at the top of its next page. */
export interface PageMessage {
  type: string;
  text: string;
}

/** Value of the cookie `mage-messages`: URL-encoded JSON, in which old versions of PHP write spaces as `+`. */
export function pageMessages(cookie = ''): PageMessage[] {
  try {
    const messages: unknown = JSON.parse(decodeURIComponent(cookie.replace(/\+/g, '%20')));
    if (Array.isArray(messages)) return messages as PageMessage[];
  } catch {
    // then it is none of the shop's
  }
  return [];
}

/** The cookie that has these messages; empty where there are none. */
export function messagesCookie(messages: PageMessage[]): string {
  return messages.length ? encodeURIComponent(toJson(messages)) : '';
}
