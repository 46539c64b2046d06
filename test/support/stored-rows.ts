import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { ServerProcess } from './server-process.ts';

/** Runs one statement, with `?` for each value, on the server's database and on a connection of the test's own. */
export async function storedRows(
  { dataDir, databaseUrl }: Pick<ServerProcess, 'dataDir' | 'databaseUrl'>,
  statement: string,
  ...values: SQLInputValue[]
): Promise<Record<string, unknown>[]> {
  if (databaseUrl !== undefined) {
    const { runSql } = await import('./postgres.ts');
    let n = 0;
    return runSql(
      databaseUrl,
      statement.replaceAll('?', () => `$${++n}`),
      values,
    );
  }
  const database = new DatabaseSync(path.join(dataDir, 'support.sqlite'), { timeout: 5_000 });
  try {
    return database.prepare(statement).all(...values);
  } finally {
    database.close();
  }
}
