import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('upload-expiry', () => import('../upload-expiry.test.ts'));
