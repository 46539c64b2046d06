import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('tickets of agents', () => import('../agents-tickets.test.ts'));
