import { onPostgres } from '../support/on-postgres.ts';

await onPostgres('a thread that is open in two tabs', () => import('./live-thread.test.ts'));
