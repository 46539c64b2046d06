import type { OpenedSession, Requester, Session, SessionRequest } from '@storefront-support/contract';
import { sessionRequestSchema } from '@storefront-support/contract/thread-schemas';
import { Hono, type Context } from 'hono';
import type { Transaction } from 'kysely';
import type { LiveStreams } from '../events/live-streams.js';
import { requireSession } from '../middleware/access.js';
import { Limit } from '../middleware/rate-limit.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { openByIdentityToken, openByLink } from '../sign-in/sign-in.js';
import type { Database } from '../store/schema.js';
import { endSession, listSessions, openSession, type SessionRow } from '../store/sessions.js';
import { instant } from '../store/tickets.js';
import { hashSecret } from '../ticket-secret.js';

/** Below `/v1/desks/{desk}/sessions`. @param streams end with their sessions. */
export function sessionRoutes(ports: Ports, streams: Pick<LiveStreams, 'endSession'>): Hono<AppEnv> {
  const limit = new Limit();
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const request = await readBody(c, sessionRequestSchema);
      const { desk, defences } = c.var.desk;
      await limit.consume(desk.id, defences.sessionsPerAddressPerHour, c.var.clientAddress);
      const { session, token, numbers } = await open(ports, c, request);
      return c.json({ session: wire(session, await requesterOf(ports, session), true), token, numbers } satisfies OpenedSession, 201);
    })
    .get('/', async (c) => {
      const session = await requireSession(c, ports);
      const requester = await requesterOf(ports, session);
      const all = await listSessions(ports.store.read, session, ports.now());
      return c.json({ sessions: all.map((row) => wire(row, requester, row.id === session.id)) });
    })
    .delete('/:id', async (c) => {
      const session = await requireSession(c, ports);
      const asked = c.req.param('id');
      const id = asked === 'current' ? session.id : asked;
      if (await ports.store.write.run((trx) => endSession(trx, session, id))) streams.endSession(id);
      return c.body(null, 204);
    });
}

async function open(
  ports: Ports,
  c: Context<AppEnv>,
  request: SessionRequest,
): Promise<{ session: SessionRow; token: string; numbers: string[] }> {
  const config = c.var.desk;
  if ('linkToken' in request) return { ...(await openByLink(ports, config, request)), numbers: [] };
  if ('identityToken' in request) return { ...(await openByIdentityToken(ports, config, request.identityToken)), numbers: [] };
  const deskId = config.desk.id;
  return ports.store.write.run(async (trx) => {
    const known = await ticketsWith(trx, deskId, request.tickets);
    const ticketIds = known.map(({ id }) => id);
    const opened = await openSession(trx, { deskId, via: 'device', requesterId: null, ticketIds, now: ports.now() });
    return { ...opened, numbers: known.map(({ number }) => number) };
  });
}

/** Those tickets whose secret is right, each once. */
async function ticketsWith(trx: Transaction<Database>, deskId: string, tickets: readonly { number: string; secret: string }[]) {
  if (tickets.length === 0) return [];
  const secrets = new Map(tickets.map(({ number, secret }) => [number.toUpperCase(), hashSecret(secret)]));
  const found = await trx
    .selectFrom('ticket')
    .select(['id', 'number', 'secretHash'])
    .where('deskId', '=', deskId)
    .where('number', 'in', [...secrets.keys()])
    .execute();
  return found.filter(({ number, secretHash }) => secrets.get(number) === secretHash);
}

async function requesterOf({ store }: Pick<Ports, 'store'>, { deskId, requesterId }: SessionRow): Promise<Requester | null> {
  if (requesterId === null) return null;
  const found = await store.read
    .selectFrom('requester')
    .select(['name', 'email'])
    .where('deskId', '=', deskId)
    .where('id', '=', requesterId)
    .executeTakeFirst();
  return found ?? null;
}

function wire({ id, via, createdAt, lastUsedAt, expiresAt }: SessionRow, requester: Requester | null, current: boolean): Session {
  return {
    id,
    via,
    createdAt: instant(createdAt),
    lastUsedAt: instant(lastUsedAt),
    expiresAt: instant(expiresAt),
    requester,
    current,
  };
}
