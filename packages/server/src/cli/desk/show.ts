import type { AgentTicketSummary, ThreadEntry } from '@storefront-support/contract';

/** A ticket as one line. */
export function ticketLine({ number, status, subject, requester, waitingFor, assignee }: AgentTicketSummary): string {
  const whose = assignee === null ? 'nobody’s' : assignee.kind === 'agent' ? assignee.name : assignee.email;
  const turn = waitingFor === null ? '' : `waiting for ${waitingFor}`;
  return [number, status, turn, whose, plain(requester.email), plain(subject ?? '(deleted)')].filter(Boolean).join('  ');
}

/** A ticket with everything around its thread. */
export function ticketLines(ticket: AgentTicketSummary): string[] {
  const { requester, contactId, kind, orderReference, createdAt, firstResponseDueAt, assignee } = ticket;
  return [
    ticketLine(ticket),
    `from     ${plain(requester.name)} <${plain(requester.email)}>`,
    `contact  ${contactId}${kind === 'pre-sale' ? ' (pre-sale)' : ''}`,
    ...(orderReference === null ? [] : [`order    ${plain(orderReference)}`]),
    `since    ${createdAt}${firstResponseDueAt === null ? '' : `, answer due ${firstResponseDueAt}`}`,
    ...(assignee?.kind === 'other' ? [`comment  ${plain(assignee.comment)}`] : []),
  ];
}

/** An entry of a thread. */
export function entryLines(entry: ThreadEntry): string[] {
  const head = `#${entry.seq}  ${entry.at}  ${entry.by.kind} ${plain(entry.by.name)}`.trimEnd();
  if (entry.type === 'status') return ['', `${head}  ${entry.status}${entry.reason === '' ? '' : `: ${plain(entry.reason)}`}`];
  const text = (entry.text ?? '(deleted)').split(/\r\n?|\n/).map((line) => `  ${plain(line)}`);
  const files = entry.attachments.map(({ id, name, size, type }) => `  file ${plain(name)} (${type}, ${size} bytes) ${id}`);
  return ['', `${head}  ${entry.visibility === 'internal' ? 'note' : 'message'} ${entry.id}`, ...text, ...files];
}

/** A stranger's text must move no cursor and hide nothing: control characters and changes of direction are shown as what they are. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      (character) => `<${character.charCodeAt(0).toString(16).padStart(4, '0')}>`,
    );
}
