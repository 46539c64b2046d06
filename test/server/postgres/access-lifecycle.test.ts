import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('lent access', () => import('../access-lifecycle.test.ts'));
