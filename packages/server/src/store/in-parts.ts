/** SQLite takes some 32,000 values in a statement; this stays far below. */
const AT_ONCE = 500;

/** Asks about many things in parts that fit into a statement. */
export async function inParts<T, R>(all: readonly T[], ask: (some: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) found.push(...(await ask(all.slice(at, at + AT_ONCE))));
  return found;
}
