import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('sessions', () => import('../sessions.test.ts'));
