import type { PlantedPatch } from '../../support/server-build.ts';

/** Each makes the server and the model part. */
export const PLANTED_BUGS: PlantedPatch[] = [
  {
    name: 'notes count as unread answers',
    file: 'store/threads.js',
    text: `.where('authorKind', '=', 'agent')
        .where('visibility', '=', 'public')`,
    replacement: `.where('authorKind', '=', 'agent')`,
  },
  {
    name: 'the window for opening a ticket again begins at its last change',
    file: 'store/ticket-summary.js',
    text: `(closedAt ?? updatedAt) + `,
    replacement: `updatedAt + `,
  },
  {
    name: 'the last answer passes for the first',
    file: 'store/threads.js',
    text: `ticket.firstRespondedAt ??= now;`,
    replacement: `ticket.firstRespondedAt = now;`,
  },
  {
    name: 'a session ends however much it is used',
    file: 'store/sessions.js',
    text: `const used = { lastUsedAt: now, expiresAt: now + SESSION_LIFE_MS };`,
    replacement: `const used = { lastUsedAt: now, expiresAt: session.expiresAt };`,
  },
  {
    name: 'a page of a list begins with what ended the one before',
    file: 'store/ticket-list.js',
    text: `eb.refTuple('ticket.updatedAt', 'ticket.id'), '<',`,
    replacement: `eb.refTuple('ticket.updatedAt', 'ticket.id'), '<=',`,
  },
  {
    name: 'another agent’s note is overlooked',
    file: 'store/threads.js',
    text: `eb('authorKind', '=', 'agent'), eb('authorId', '<>', author.id)`,
    replacement: `eb('authorKind', '=', 'agent'), eb('authorId', '=', author.id)`,
  },
  {
    name: 'a ticket opened again waits for whoever wrote first',
    file: 'store/threads.js',
    text: `.orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
    return last?.authorKind`,
    replacement: `.orderBy('seq', 'asc')
        .limit(1)
        .executeTakeFirst();
    return last?.authorKind`,
  },
];
