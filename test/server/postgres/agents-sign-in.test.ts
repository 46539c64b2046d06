import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('signing in of agents', () => import('../agents-sign-in.test.ts'));
