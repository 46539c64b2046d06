import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('search', () => import('../search.test.ts'));
