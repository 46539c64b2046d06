import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('threads', () => import('../threads.test.ts'));
