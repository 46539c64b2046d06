import type { Desk } from '@storefront-support/contract';

/** Calendars weigh more than the rest of the server: a start waits for none of it, and an import() for each ticket costs. */
let calendars: Promise<typeof import('@storefront-support/contract/sla')> | undefined;

/**
 * When the contact's, or else the desk's, promise falls due.
 *
 * @param from milliseconds since 1970.
 * @returns milliseconds since 1970; null where nothing is promised.
 */
export async function firstResponseDueAt(
  desk: Pick<Desk, 'contacts' | 'hours' | 'promise'>,
  contactId: string,
  from: number,
): Promise<number | null> {
  const contact = desk.contacts.find(({ id }) => id === contactId);
  const promise = contact?.promise ?? desk.promise;
  if (!promise) return null;
  const { dueAtMillis } = await (calendars ??= import('@storefront-support/contract/sla'));
  return dueAtMillis(from, promise, contact?.hours ?? desk.hours);
}
