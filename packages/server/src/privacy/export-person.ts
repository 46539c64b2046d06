import type { TicketDraft } from '@storefront-support/contract';
import type { Kysely, Selectable } from 'kysely';
import { chainOf, readAudit } from '../access/audit-chain.js';
import type { CaughtMail } from '../mail/mail-catcher.js';
import { recordsOf, requestsOf } from '../store/access-rows.js';
import { inParts } from '../store/in-parts.js';
import type { Database, OutboxTable, SessionTable, TicketTable, UploadTable } from '../store/schema.js';
import { instant } from '../store/tickets.js';
import { answersToReplies } from './erase-tickets.js';
import { idsOf, sessionsOf, type Person } from './find-person.js';
import { goesTo } from './forget-caught-mails.js';

/** What `person.json` says of its form. */
const EXPORT_FORMAT = 'storefront-support/person';
const EXPORT_VERSION = 1;

/** A file that belongs to an export. */
export interface ExportedFile {
  /** Below the export's folder, with `/`. */
  path: string;
  /** Where the operator's interface has its bytes. */
  source: string;
}

interface Lists {
  uploads: Selectable<UploadTable>[];
  mails: Selectable<OutboxTable>[];
  files: ExportedFile[];
}

/**
 * Everything that is kept about a person of a desk. Left out is what is not theirs: internal notes of agents with their files, names of
 * agents, who a ticket is assigned to, and mails to the desk.
 *
 * @param caught mails that were caught instead of sent.
 * @param now milliseconds since 1970.
 */
export async function exportPerson(db: Kysely<Database>, person: Person, caught: readonly CaughtMail[], now: number) {
  const { deskId, requester, tickets } = person;
  const uploads = await inParts(tickets, (some) =>
    db.selectFrom('upload').selectAll().where('deskId', '=', deskId).where('ticketId', 'in', idsOf(some)).orderBy('position').execute(),
  );
  const mails = await inParts(tickets, (some) =>
    db.selectFrom('outbox').selectAll().where('deskId', '=', deskId).where('ticketId', 'in', idsOf(some)).orderBy('createdAt').execute(),
  );
  const lists: Lists = { uploads, mails, files: [] };
  const told = [];
  for (const ticket of tickets) told.push(await ticketOf(db, ticket, lists));
  const own = caught.filter((mail) => goesTo(mail, requester.emailKey));
  const document = {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: instant(now),
    desk: deskId,
    requester: {
      id: requester.id,
      name: requester.name,
      email: requester.email,
      verified: requester.verified === 1,
      createdAt: instant(requester.createdAt),
    },
    tickets: told,
    heldTickets: await heldOf(db, person, lists),
    signInLinks: await linksOf(db, person),
    sessions: (await sessionsOf(db, person)).map(sessionOf),
    caughtMails: own.map(({ id, kind, headers, receivedAt }) => {
      const path = `mails/${id}.eml`;
      lists.files.push({ path, source: `/operator/caught-mails/${id}` });
      return { kind, subject: headers.subject, messageId: headers.messageId, receivedAt, file: path };
    }),
  };
  return { document, files: lists.files };
}

/** What an export holds. */
export type PersonExport = Awaited<ReturnType<typeof exportPerson>>;

async function ticketOf(db: Kysely<Database>, ticket: Selectable<TicketTable>, lists: Lists) {
  const { deskId, id } = ticket;
  const tags = await db.selectFrom('ticketTag').select('tag').where('deskId', '=', deskId).where('ticketId', '=', id).execute();
  return {
    id,
    number: ticket.number,
    contact: ticket.contactId,
    kind: ticket.kind,
    tags: tags.map(({ tag }) => tag),
    status: ticket.status,
    waitingFor: ticket.waitingFor,
    subject: ticket.subject,
    orderReference: ticket.orderReference,
    language: ticket.locale,
    createdAt: instant(ticket.createdAt),
    updatedAt: instant(ticket.updatedAt),
    firstResponseDueAt: time(ticket.firstResponseDueAt),
    firstRespondedAt: time(ticket.firstRespondedAt),
    closedAt: time(ticket.closedAt),
    seenUpTo: ticket.seenSeq,
    unread: ticket.unread,
    rating:
      ticket.ratingScore === null ? null : { score: ticket.ratingScore, comment: ticket.ratingComment, ratedAt: time(ticket.ratedAt) },
    entries: await entriesOf(db, ticket, lists),
    access: await accessOf(db, ticket),
    mails: lists.mails.filter(({ ticketId }) => ticketId === id).map(mailOf),
    storedAnswers: await answersOf(db, ticket),
  };
}

async function entriesOf(db: Kysely<Database>, { deskId, id, number }: Selectable<TicketTable>, { uploads, files }: Lists) {
  const messages = await db
    .selectFrom('message')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('ticketId', '=', id)
    .where('visibility', '=', 'public')
    .execute();
  const changes = await db.selectFrom('statusChange').selectAll().where('deskId', '=', deskId).where('ticketId', '=', id).execute();
  let count = 0;
  const entries = [
    ...messages.map((message) => ({
      type: 'message' as const,
      seq: message.seq,
      id: message.id,
      by: message.authorKind,
      text: message.text,
      createdAt: instant(message.createdAt),
      files: uploads
        .filter(({ messageId }) => messageId === message.id)
        .map((upload) => {
          const { name, size, type, sha256, quotaKey, createdAt } = upload;
          const path = sha256 === null ? null : `files/${number}/${++count}-${plainName(name)}`;
          if (path !== null) files.push({ path, source: `/operator/desks/${encodeURIComponent(deskId)}/uploads/${upload.id}` });
          const sender = message.authorKind === 'requester' ? { sentFrom: quotaKey } : {};
          return { name, size, type, sha256, createdAt: instant(createdAt), ...sender, file: path };
        }),
    })),
    ...changes.map(({ seq, actorKind, status, reason, createdAt }) => ({
      type: 'status' as const,
      seq,
      by: actorKind,
      status,
      reason,
      createdAt: instant(createdAt),
    })),
  ];
  return entries.sort((a, b) => a.seq - b.seq);
}

/** What was asked for and lent, and who has opened it; what is sealed cannot be told. */
async function accessOf(db: Kysely<Database>, ticket: Selectable<TicketTable>) {
  const requests = await requestsOf(db, ticket.deskId, ticket.id);
  const records = await recordsOf(db, ticket.deskId, ticket.id);
  const { entries } = await readAudit(db, chainOf(ticket));
  return {
    requests: requests.map(({ state, kinds, reason, begunBy, createdAt, endedAt }) => ({
      state,
      kinds: JSON.parse(kinds) as unknown,
      reason,
      by: begunBy,
      createdAt: instant(createdAt),
      endedAt: time(endedAt),
    })),
    records: records.map(({ kind, state, createdAt, expiresAt, endedAt, reveals, bytes, receipt, afterCare }) => ({
      kind,
      state,
      createdAt: instant(createdAt),
      expiresAt: instant(expiresAt),
      endedAt: time(endedAt),
      reveals,
      bytes,
      receipt,
      afterCare: JSON.parse(afterCare) as unknown,
    })),
    audit: entries.map(({ at, event, actor, reason }) => ({ at, event, by: actor.kind, reason })),
  };
}

async function answersOf(db: Kysely<Database>, ticket: Selectable<TicketTable>) {
  const first = await db
    .selectFrom('idempotencyKey')
    .select(['secretHash', 'key', 'status', 'answer', 'createdAt'])
    .where('deskId', '=', ticket.deskId)
    .where('secretHash', '=', ticket.secretHash)
    .execute();
  return [...first, ...(await answersToReplies(db, ticket))].map(({ status, answer, createdAt }) => ({
    status,
    answer: JSON.parse(answer) as unknown,
    createdAt: instant(createdAt),
  }));
}

/** What was posted with their address without a script, and whether they have confirmed it. */
async function heldOf(db: Kysely<Database>, { deskId, held }: Person, { files }: Lists) {
  const told = [];
  for (const [index, row] of held.entries()) {
    const uploads = await db
      .selectFrom('upload')
      .selectAll()
      .where('deskId', '=', deskId)
      .where('secretHash', '=', row.secretHash)
      .where('ticketId', 'is', null)
      .where('sha256', 'is not', null)
      .execute();
    const mails = await db.selectFrom('outbox').selectAll().where('deskId', '=', deskId).where('linkId', '=', row.id).execute();
    const { attachmentIds: _, ...draft } = JSON.parse(row.draft ?? '{}') as Partial<TicketDraft>;
    told.push({
      state: row.state,
      ...draft,
      language: row.locale,
      createdAt: instant(row.createdAt),
      expiresAt: instant(row.expiresAt),
      files: uploads.map(({ id, name, size, type, sha256, quotaKey }, at) => {
        const path = `files/unconfirmed-${index + 1}/${at + 1}-${plainName(name)}`;
        files.push({ path, source: `/operator/desks/${encodeURIComponent(deskId)}/uploads/${id}` });
        return { name, size, type, sha256, sentFrom: quotaKey, file: path };
      }),
      mails: mails.map(mailOf),
    });
  }
  return told;
}

async function linksOf(db: Kysely<Database>, { deskId, requester }: Person) {
  const links = await db
    .selectFrom('signInLink')
    .selectAll()
    .where('deskId', '=', deskId)
    .where('requesterId', '=', requester.id)
    .execute();
  const mails = await inParts(links, (some) =>
    db.selectFrom('outbox').selectAll().where('deskId', '=', deskId).where('linkId', 'in', idsOf(some)).execute(),
  );
  return links.map(({ id, locale, createdAt, expiresAt, spentAt }) => ({
    language: locale,
    createdAt: instant(createdAt),
    expiresAt: instant(expiresAt),
    spentAt: time(spentAt),
    mails: mails.filter(({ linkId }) => linkId === id).map(mailOf),
  }));
}

function mailOf({ kind, seq, messageId, recipientKey, state, attempts, lastError, createdAt }: Selectable<OutboxTable>) {
  const to = kind === 'notification' || kind === 'assignment' || recipientKey === '' ? {} : { to: recipientKey };
  return { kind, about: seq, messageId, ...to, state, attempts, lastError, createdAt: instant(createdAt) };
}

function sessionOf({ id, via, createdAt, lastUsedAt, expiresAt }: Selectable<SessionTable>) {
  return { id, via, createdAt: instant(createdAt), lastUsedAt: instant(lastUsedAt), expiresAt: instant(expiresAt) };
}

function time(millis: number | null): string | null {
  return millis === null ? null : instant(millis);
}

/** Safe on every file system; the document has the name as it was. */
function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[._]+/, '')
    .slice(-80);
  return plain === '' ? 'file' : plain;
}
