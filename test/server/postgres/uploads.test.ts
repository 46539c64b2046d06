import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('uploads', () => import('../uploads.test.ts'));
