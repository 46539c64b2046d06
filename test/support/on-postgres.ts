import { it } from 'node:test';
import { skipPostgres } from './postgres.ts';

/** Runs a test file once more, its servers and rooms on Postgres; where there is none, the file is named and skipped. */
export async function onPostgres(title: string, tests: () => Promise<unknown>): Promise<void> {
  if (skipPostgres) return void it(`${title}, on Postgres`, { skip: skipPostgres }, () => undefined);
  process.env['DATABASE'] = 'postgres';
  await tests();
}
