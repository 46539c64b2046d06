import { createHash, randomBytes } from 'node:crypto';
import type { Store } from './unit-of-work.js';

const SECRET = 'secret';
const BYTES = 32;

/**
 * 32 random bytes, made by whichever process comes first and the same for all processes of one database ever after.
 *
 * @param now milliseconds since 1970.
 */
export async function sharedInstallSecret({ read, write }: Store, now: number): Promise<Uint8Array> {
  const find = () => read.selectFrom('installation').select('value').where('name', '=', SECRET).executeTakeFirst();
  const kept = await find();
  if (kept) return Buffer.from(kept.value, 'hex');
  const value = randomBytes(BYTES).toString('hex');
  await write.run((trx) =>
    trx
      .insertInto('installation')
      .values({ name: SECRET, value, createdAt: now })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute(),
  );
  const made = await find();
  if (!made) throw new Error('The secret of the installation could not be read back.');
  return Buffer.from(made.value, 'hex');
}

/** Names an installation without telling its secret. */
export function installationId(secret: Uint8Array): string {
  return createHash('sha256').update('data folder').update(secret).digest('hex').slice(0, 32);
}
