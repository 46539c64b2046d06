import { SupportError } from '@storefront-support/contract';
import type { Kysely, Transaction } from 'kysely';
import { compileOnce } from '../store/compiled-query.js';
import type { Database } from '../store/schema.js';

/** What makes two requests the same: the desk, who sent it, and the key they chose. */
export interface RequestKey {
  deskId: string;
  /** SHA-256 of the ticket secret, hex: a key answers to the holder of its secret alone. */
  secretHash: string;
  key: string;
  /** SHA-256 of the canonical body, hex. */
  bodyHash: string;
}

/** An answer as it was given. */
export interface StoredAnswer {
  status: number;
  /** JSON. */
  answer: string;
}

/**
 * The answer already given to this request; undefined when there is none.
 *
 * @throws {SupportError} `idempotency-mismatch` when the key went with another body.
 */
export async function storedAnswer(
  db: Kysely<Database> | Transaction<Database>,
  { deskId, secretHash, key, bodyHash }: RequestKey,
): Promise<StoredAnswer | undefined> {
  const {
    rows: [row],
  } = await findAnswer(db, { deskId, secretHash, key });
  if (!row) return undefined;
  if (row.bodyHash !== bodyHash) {
    throw new SupportError('idempotency-mismatch', 'This Idempotency-Key was used with another body; make a new key for a new ticket.');
  }
  return { status: row.status, answer: row.answer };
}

/** Keeps an answer, in the transaction whose outcome it reports. */
export async function storeAnswer(trx: Transaction<Database>, request: RequestKey, stored: StoredAnswer, now: number): Promise<void> {
  await addAnswer(trx, { ...request, ...stored, createdAt: now });
}

const findAnswer = compileOnce<{ deskId: string; secretHash: string; key: string }>()((db, { deskId, secretHash, key }) =>
  db
    .selectFrom('idempotencyKey')
    .select(['bodyHash', 'status', 'answer'])
    .where('deskId', '=', deskId)
    .where('secretHash', '=', secretHash)
    .where('key', '=', key),
);
const addAnswer = compileOnce<RequestKey & StoredAnswer & { createdAt: number }>()((db, row) =>
  db.insertInto('idempotencyKey').values({
    deskId: row.deskId,
    secretHash: row.secretHash,
    key: row.key,
    bodyHash: row.bodyHash,
    status: row.status,
    answer: row.answer,
    createdAt: row.createdAt,
  }),
);

/** Lets one request per key through at a time, so that its twins meet the stored answer and not the limits. */
export class OneAtATime {
  readonly #running = new Map<string, Promise<unknown>>();

  async run<T>({ deskId, secretHash, key }: RequestKey, work: () => Promise<T>): Promise<T> {
    const name = `${deskId}/${secretHash}/${key}`;
    const before = this.#running.get(name);
    const mine = before ? before.then(work, work) : work();
    this.#running.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#running.get(name) === mine) this.#running.delete(name);
    }
  }
}

/** JSON with sorted members, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
