import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('attacks', () => import('../attacks.test.ts'));
