import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('a server with lent access', () => import('../access-process.test.ts'));
