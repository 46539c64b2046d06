/** The database is deleted when nothing is left in it, so that its name alone tells a page whether anything waits. */
export const DATABASE = 'storefront-support-outbox';

/** Calls `found` where something written on this device may wait; never where storage is blocked or does not list what it holds. */
export async function ifKept(found: () => void): Promise<void> {
  // Chromium reports this refusal a second time, which nobody can catch
  if (origin === 'null') return;
  try {
    for (const { name } of await indexedDB.databases()) if (name === DATABASE) found();
  } catch {
    // nothing can have been kept either
  }
}
