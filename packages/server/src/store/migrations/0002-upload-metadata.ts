import type { Kysely } from 'kysely';

/** tus has a sender read back the metadata that it gave. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('upload').addColumn('metadata', 'text').execute();
}
