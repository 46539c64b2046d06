import { SupportError, type AttachmentLink } from '@storefront-support/contract';
import { Hono } from 'hono';
import type { Kysely, Selectable } from 'kysely';
import { answerAttachment } from '../files/attachment-answer.js';
import type { AttachmentLinks } from '../files/attachment-links.js';
import { findUpload } from '../files/upload-rows.js';
import { requireTicket } from '../middleware/access.js';
import type { OwnOrigins } from '../middleware/origins.js';
import type { AppEnv, Ports } from '../ports.js';
import type { Database, UploadTable } from '../store/schema.js';
import { sessionStands } from '../store/sessions.js';
import type { TicketRow } from '../store/ticket-summary.js';
import { instant } from '../store/tickets.js';

type Upload = Selectable<UploadTable>;

/** `GET …/{number}/attachments/{id}` and `POST …/links` below `/v1/desks/{desk}/tickets`. */
export function attachmentRoutes(ports: Ports, own: OwnOrigins, links: AttachmentLinks): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/:number/attachments/:id', async (c) => {
      const { ticket } = await requireTicket(c, ports);
      return answerAttachment(c, ports.blobs, await fileOf(ports.store.read, ticket, c.req.param('id')), 'cross-origin');
    })
    .post('/:number/attachments/:id/links', async (c) => {
      const { ticket, session } = await requireTicket(c, ports);
      const file = await fileOf(ports.store.read, ticket, c.req.param('id'));
      if (!own.isReachable('attachments')) throw new SupportError('unavailable', 'ATTACHMENTS_URL does not name where files are opened.');
      const { path, expiresAt } = links.sign(file, session?.id ?? '', ports.now());
      return c.json({ url: own.url('attachments') + path, expiresAt: instant(expiresAt) } satisfies AttachmentLink, 201);
    });
}

/** `GET …/{id}?expires=&session=&signature=` below `/v1/desks/{desk}/attachments`, on the origin that has nothing else to lose. */
export function downloadRoutes(ports: Ports, links: AttachmentLinks): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/:id', async (c) => {
    const id = c.req.param('id');
    const upload = await findUpload(ports.store.read, c.var.desk.desk.id, id);
    const query = c.req.query();
    const verdict = upload ? links.verify(upload, query, ports.now()) : 'forged';
    if (!upload || verdict === 'forged' || upload.ticketId === null) throw new SupportError('not-found', 'No file is opened by this link.');
    const ended = query['session'] !== undefined && !(await sessionStands(ports.store.read, upload.deskId, query['session'], ports.now()));
    if (verdict === 'gone' || ended) throw new SupportError('gone', 'The link has expired: ask for a new one.');
    return answerAttachment(c, ports.blobs, kept(upload), 'same-origin');
  });
}

/** A file of a message that the requester may see. */
async function fileOf(db: Kysely<Database>, { deskId, id: ticketId }: TicketRow, id: string): Promise<Upload> {
  const upload = await db
    .selectFrom('upload')
    .innerJoin('message', (join) => join.onRef('message.deskId', '=', 'upload.deskId').onRef('message.id', '=', 'upload.messageId'))
    .selectAll('upload')
    .where('upload.deskId', '=', deskId)
    .where('upload.id', '=', id)
    .where('upload.ticketId', '=', ticketId)
    .where('message.visibility', '=', 'public')
    .executeTakeFirst();
  if (!upload) throw new SupportError('not-found', 'This ticket has no such file.');
  return kept(upload);
}

function kept(upload: Upload): Upload {
  if (upload.sha256 === null) throw new SupportError('gone', 'The file has been deleted.');
  return upload;
}
