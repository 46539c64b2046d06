import { onPostgres } from '../support/on-postgres.ts';

await onPostgres('a customer on any device', () => import('./signed-in.test.ts'));
