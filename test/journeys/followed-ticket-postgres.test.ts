import { onPostgres } from '../support/on-postgres.ts';

await onPostgres('a ticket that is followed', () => import('./followed-ticket.test.ts'));
