import path from 'node:path';
import { CamelCasePlugin, Kysely } from 'kysely';
import { SqliteWordSearch } from '../search/sqlite-word-search.js';
import { SQLITE_COLUMNS } from './dialects.js';
import { GroupCommit } from './group-commit.js';
import { migrate } from './migrate.js';
import type { Database } from './schema.js';
import { scrubSqlite } from './scrub-sqlite.js';
import { NodeSqliteDialect, openReader, openWriter, type SqliteConnection, type SqlitePragmas } from './sqlite-connection.js';
import type { Store } from './unit-of-work.js';

/** A store together with what its engine answered about durability. */
export interface SqlStore extends Store {
  readonly pragmas: SqlitePragmas;
}

/** Opens `support.sqlite` in `folder`, brings its schema up to date and hands out both connections. */
export async function openSqlStore(folder: string): Promise<SqlStore> {
  const file = path.join(folder, 'support.sqlite');
  const { connection, pragmas } = openWriter(file);
  const writer = kyselyOver(connection);
  try {
    await migrate(writer, SQLITE_COLUMNS);
  } catch (error) {
    connection.close();
    throw error;
  }
  const write = new GroupCommit(writer, connection);
  const reader = openReader(file);
  const words = new SqliteWordSearch(file);
  return {
    write,
    read: kyselyOver(reader),
    words,
    pragmas,
    scrub: () => write.pause(() => scrubSqlite(file)),
    async close() {
      await words.close();
      await write.idle();
      reader.close();
      connection.close();
    },
  };
}

function kyselyOver(connection: SqliteConnection): Kysely<Database> {
  return new Kysely<Database>({ dialect: new NodeSqliteDialect({ database: connection }), plugins: [new CamelCasePlugin()] });
}
