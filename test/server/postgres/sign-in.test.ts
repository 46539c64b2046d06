import { onPostgres } from '../../support/on-postgres.ts';

await onPostgres('sign-in', async () => {
  await import('../sign-in-links.test.ts');
  await import('../sign-in-identity.test.ts');
  await import('../mail/thread-mails.test.ts');
});
