import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('tickets', () => import('../tickets.test.ts'));
