import type { Selectable } from 'kysely';
import { compileOnce } from './compiled-query.js';
import type { MessageTable, StatusChangeTable } from './schema.js';

/** Writes a message whose sequence number the ticket has given out already. */
export const addMessage = compileOnce<Selectable<MessageTable>>()((db, row) =>
  db.insertInto('message').values({
    deskId: row.deskId,
    id: row.id,
    ticketId: row.ticketId,
    seq: row.seq,
    authorKind: row.authorKind,
    authorId: row.authorId,
    visibility: row.visibility,
    text: row.text,
    createdAt: row.createdAt,
  }),
);

/** Writes a change of status whose sequence number the ticket has given out already. */
export const addStatusChange = compileOnce<Selectable<StatusChangeTable>>()((db, row) =>
  db.insertInto('statusChange').values({
    deskId: row.deskId,
    ticketId: row.ticketId,
    seq: row.seq,
    actorKind: row.actorKind,
    actorId: row.actorId,
    status: row.status,
    reason: row.reason,
    createdAt: row.createdAt,
  }),
);
