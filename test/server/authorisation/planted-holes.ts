import type { PlantedPatch } from '../../support/server-build.ts';

/** A hole in the built server, and the rows of the table that must notice it. */
export interface PlantedHole extends PlantedPatch {
  operations: string[];
}

/** Each lets somebody in who has no business there. */
export const PLANTED_HOLES: PlantedHole[] = [
  {
    name: 'a session opens every ticket of its desk',
    file: 'store/ticket-access.js',
    text: `if (session && (bound || session.requesterId === ticket.requesterId))`,
    replacement: `if (session)`,
    operations: ['getTicket'],
  },
  {
    name: 'a file is had below any ticket that one has',
    file: 'routes/attachments.js',
    text: `.where('upload.ticketId', '=', ticketId)`,
    replacement: ``,
    operations: ['getAttachment'],
  },
  {
    name: 'a session is good for every desk',
    file: 'store/sessions.js',
    text: `.where('deskId', '=', deskId).where('tokenHash', '=', tokenHash)`,
    replacement: `.where('tokenHash', '=', tokenHash)`,
    operations: ['listTickets'],
  },
  {
    name: 'an agent serves every contact',
    file: 'store/agents.js',
    text: `return contacts === null || contacts.some(`,
    replacement: `return contacts !== undefined || contacts.some(`,
    operations: ['answerTicket'],
  },
  {
    name: 'whoever has a session may end anybody’s',
    file: 'store/sessions.js',
    text: `query = query.where('requesterId', '=', session.requesterId);`,
    replacement: `;`,
    operations: ['endSession'],
  },
  {
    name: 'a key manages the account',
    file: 'middleware/agent-access.js',
    text: `if (c.var.access.via !== 'session')`,
    replacement: `if (c.var.access.via === 'nothing')`,
    operations: ['addAgentKey'],
  },
  {
    name: 'files of notes are the customer’s too',
    file: 'routes/attachments.js',
    text: `.where('message.visibility', '=', 'public')`,
    replacement: ``,
    operations: ['linkAttachment'],
  },
  {
    name: 'whoever may open a record may have it for another key',
    file: 'access/release-record.js',
    text: `return agent.role === 'admin';`,
    replacement: `return true;`,
    operations: ['beginRewrap'],
  },
  {
    name: 'a key is let in where records are opened',
    file: 'middleware/agent-access.js',
    text: `place === 'inbox' ? await keyAccess(authorization, ports) : null`,
    replacement: `await keyAccess(authorization, ports)`,
    operations: ['revealRecord'],
  },
  {
    name: 'records of every contact are an agent’s',
    file: 'access/release-record.js',
    text: `!serves(agent, deskId, ticket.contactId)`,
    replacement: `false`,
    operations: ['revealRecord'],
  },
  {
    name: 'a record is found below any ticket that one has',
    file: 'store/access-rows.js',
    text: `row?.ticketId !== ticketId`,
    replacement: `!row`,
    operations: ['revokeAccess'],
  },
];

/** Refuses rightly, and tells by its questions to the database whether there is something to refuse. */
export const TELLTALE: PlantedPatch = {
  name: 'what does not exist is answered sooner',
  file: 'store/ticket-access.js',
  text: `const session = await findSession(`,
  replacement: `if (!ticket) return undefined; const session = await findSession(`,
};
