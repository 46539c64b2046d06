import type { TicketDraft } from '@storefront-support/contract';
import { jsonOf } from '../exchange.js';
import { toJson } from '../to-json.js';

/** What the contact form takes. */
export interface ContactInput {
  name: string;
  email: string;
  comment: string;
}

/** Subject and order reference have no place of their own: they are the first lines, in the customer's words alone. */
export function contactInput({ requester, subject, orderReference, message }: TicketDraft): ContactInput {
  const order = orderReference?.trim();
  return { name: requester.name, email: requester.email, comment: [subject, ...(order ? [`# ${order}`] : []), '', message].join('\n') };
}

/** One of the messages that a theme shows at the top of its next page. */
export interface PageMessage {
  type: string;
  text: string;
}

/** Value of the cookie `mage-messages`: URL-encoded JSON, in which old versions of PHP write spaces as `+`. */
export function pageMessages(cookie = ''): PageMessage[] {
  let json = cookie;
  try {
    json = decodeURIComponent(cookie.replaceAll('+', '%20'));
  } catch {
    // then it is none of the shop's
  }
  const messages = jsonOf(json);
  return Array.isArray(messages) ? (messages as PageMessage[]) : [];
}

/** The cookie that has these messages; empty where there are none. */
export function messagesCookie(messages: PageMessage[]): string {
  return messages.length ? encodeURIComponent(toJson(messages)) : '';
}

const NAMES = ['name', 'email', 'comment'] as const;

/** Body of the mutation: values travel as variables, never in its text. */
export function contactMutation(input: ContactInput): string {
  const types = NAMES.map((name) => `$${name}:String!`).join();
  const values = NAMES.map((name) => `${name}:$${name}`).join();
  return toJson({ query: `mutation(${types}){contactUs(input:{${values}}){status}}`, variables: { ...input } });
}

/**
 * What an answer to the mutation says: true: taken; false: this shop does not know the mutation, so that nothing was done; else what
 * it said to the person. Undefined: it is no answer to it.
 */
export function mutationOutcome(text: string): boolean | string | undefined {
  const { data, errors } = (jsonOf(text) ?? {}) as {
    data?: { contactUs?: { status?: boolean } | null } | null;
    errors?: { message: string; path?: unknown }[];
  };
  if (data?.contactUs?.status) return true;
  const [error] = errors ?? [];
  // what was run at all has a path; the name is quoted from the query, in every language
  if (error && !error.path && /\bcontactUs\b/.test(error.message)) return false;
  return error?.message;
}
