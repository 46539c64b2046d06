/** The database is deleted when nothing is left in it, so that its name alone tells a page whether anything waits. */
export const DATABASE = 'storefront-support-outbox';

/** Tickets that may be followed from this device. Deleted like the other. */
export const TICKETS = 'storefront-support-tickets';

/** Who has found nothing so far; null once something on this page writes. */
let waiting: (() => void)[] | null = [];

/** Something on this page writes from now on: what a form has left may not be on the device yet when another takes its place. */
export function beginWriting(): void {
  const all = waiting;
  waiting = null;
  all?.forEach((found) => found());
}

/** Whether this device has a database; undefined where storage is blocked or does not list what it holds. */
export async function isThere(database: string): Promise<boolean | undefined> {
  // Chromium reports this refusal a second time, which nobody can catch
  if (origin === 'null') return undefined;
  try {
    return (await indexedDB.databases()).some(({ name }) => name === database);
  } catch {
    return undefined;
  }
}

/** Calls `found` where something written on this device may wait, or `database` is there; never where storage is blocked or does not list what it holds. */
export async function ifKept(found: () => void, database = DATABASE): Promise<void> {
  const there = await isThere(database);
  // what lists nothing can have kept nothing either
  if (there) return found();
  if (database !== DATABASE || origin === 'null') return;
  if (waiting) waiting.push(found);
  else found();
}
