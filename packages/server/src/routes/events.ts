import { Hono } from 'hono';
import type { LiveStreams } from '../events/live-streams.js';
import { requireSession } from '../middleware/access.js';
import type { AppEnv, Ports } from '../ports.js';

/** `GET /v1/desks/{desk}/events`: server-sent events of a session. */
export function eventRoutes(ports: Ports, streams: LiveStreams): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (c) => {
    const session = await requireSession(c, ports);
    const ticketIds = session.requesterId === null ? await ticketIdsOf(ports, session) : null;
    c.header('Content-Type', 'text/event-stream');
    // proxies that collect answers must pass these on as they come
    c.header('X-Accel-Buffering', 'no');
    if (c.req.method === 'HEAD') return c.body(null);
    return c.body(streams.open(session, ticketIds) as ReadableStream<Uint8Array<ArrayBuffer>>);
  });
}

async function ticketIdsOf({ store }: Pick<Ports, 'store'>, { deskId, id }: { deskId: string; id: string }): Promise<Set<string>> {
  const rows = await store.read
    .selectFrom('sessionTicket')
    .select('ticketId')
    .where('deskId', '=', deskId)
    .where('sessionId', '=', id)
    .execute();
  return new Set(rows.map(({ ticketId }) => ticketId));
}
