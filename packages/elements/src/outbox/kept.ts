/** The database is deleted when nothing is left in it, so that its name alone tells a page whether anything waits. */
export const DATABASE = 'storefront-support-outbox';

/** Tickets that may be followed from this device. Deleted like the other. */
export const TICKETS = 'storefront-support-tickets';

let writes = false;

/** Something on this page writes from now on: what a form has left may not be on the device yet when another takes its place. */
export const beginWriting = (): void => void (writes = true);

/** Calls `found` where something written on this device may wait, or `database` is there; never where storage is blocked or does not list what it holds. */
export async function ifKept(found: () => void, database = DATABASE): Promise<void> {
  // Chromium reports this refusal a second time, which nobody can catch
  if (origin === 'null') return;
  if (writes && database === DATABASE) return found();
  try {
    for (const { name } of await indexedDB.databases()) if (name === database) found();
  } catch {
    // nothing can have been kept either
  }
}
