import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('the header of a record', () => import('../access-headers.test.ts'));
