import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('the http adapter', () => import('../../adapters/http-conformance.test.ts'));
