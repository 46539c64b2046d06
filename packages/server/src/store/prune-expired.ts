import type { DeleteResult, Transaction } from 'kysely';
import type { Database } from './schema.js';
import type { Store, UnitOfWork } from './unit-of-work.js';

/** Longer than any client keeps an unsent ticket, so that its last retry still meets the stored answer. */
const IDEMPOTENCY_KEPT_MS = 9 * 24 * 60 * 60 * 1000;

/** A mail that was accepted so long ago bounces no more. */
const ACCEPTED_MAIL_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** As far back as links are counted. */
const LINKS_KEPT_MS = 24 * 60 * 60 * 1000;

const BATCH = 1_000;
/** Each of them may have 200 tickets. */
const SESSIONS_BATCH = 100;

/**
 * Drops what nobody can ask for any more: stored answers, spent proofs and tokens, sessions and links that have expired, mails that
 * are out. A few at a time: whoever writes a ticket meanwhile waits for one batch, not for all. Undeliverable mails stay.
 *
 * @param now milliseconds since 1970.
 */
export async function pruneExpired({ write }: Store, deskIds: Iterable<string>, now: number): Promise<void> {
  await untilFew(write, (trx) =>
    trx
      .deleteFrom('spentProof')
      .where((eb) =>
        eb(
          eb.refTuple('deskId', 'signature'),
          'in',
          eb
            .selectFrom('spentProof')
            .select(['deskId', 'signature'])
            .where('expiresAt', '<', now)
            .limit(BATCH)
            .$asTuple('deskId', 'signature'),
        ),
      )
      .executeTakeFirst(),
  );
  for (const deskId of deskIds) {
    await untilFew(write, (trx) =>
      trx
        .deleteFrom('idempotencyKey')
        .where('deskId', '=', deskId)
        .where((eb) =>
          eb(
            eb.refTuple('secretHash', 'key'),
            'in',
            eb
              .selectFrom('idempotencyKey')
              .select(['secretHash', 'key'])
              .where('deskId', '=', deskId)
              .where('createdAt', '<', now - IDEMPOTENCY_KEPT_MS)
              .limit(BATCH)
              .$asTuple('secretHash', 'key'),
          ),
        )
        .executeTakeFirst(),
    );
    await untilFew(
      write,
      async (trx) => {
        const ended = await trx
          .selectFrom('session')
          .select('id')
          .where('deskId', '=', deskId)
          .where('expiresAt', '<=', now)
          .limit(SESSIONS_BATCH)
          .execute();
        const ids = ended.map(({ id }) => id);
        if (ids.length === 0) return { numDeletedRows: 0n };
        await trx.deleteFrom('sessionTicket').where('deskId', '=', deskId).where('sessionId', 'in', ids).execute();
        return trx.deleteFrom('session').where('deskId', '=', deskId).where('id', 'in', ids).executeTakeFirst();
      },
      SESSIONS_BATCH,
    );
    await untilFew(write, (trx) => {
      const old = trx
        .selectFrom('signInLink')
        .select('id')
        .where('deskId', '=', deskId)
        .where('createdAt', '<', now - LINKS_KEPT_MS);
      return trx.deleteFrom('signInLink').where('deskId', '=', deskId).where('id', 'in', old.limit(BATCH)).executeTakeFirst();
    });
    await untilFew(write, (trx) => {
      const old = trx.selectFrom('spentIdentityToken').select('jtiHash').where('deskId', '=', deskId).where('expiresAt', '<', now);
      return trx.deleteFrom('spentIdentityToken').where('deskId', '=', deskId).where('jtiHash', 'in', old.limit(BATCH)).executeTakeFirst();
    });
    await untilFew(write, (trx) => {
      const old = trx
        .selectFrom('outbox')
        .select('id')
        .where('deskId', '=', deskId)
        .where('state', 'in', ['accepted', 'withheld'])
        .where('dueAt', '<', now - ACCEPTED_MAIL_KEPT_MS);
      return trx.deleteFrom('outbox').where('deskId', '=', deskId).where('id', 'in', old.limit(BATCH)).executeTakeFirst();
    });
  }
}

async function untilFew(write: UnitOfWork, remove: (trx: Transaction<Database>) => Promise<DeleteResult>, batch = BATCH): Promise<void> {
  while ((await write.run(remove)).numDeletedRows >= batch);
}
