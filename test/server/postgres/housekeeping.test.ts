import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('housekeeping', () => import('../housekeeping.test.ts'));
