import type {
  Attachment,
  OpenedSession,
  Session,
  ThreadMessage,
  ThreadPage,
  ThreadStatusChange,
  TicketPage,
  TicketSummary,
} from '@storefront-support/contract';

/** Whether a value that has arrived is what it should be. */
export type Check = (value: unknown) => unknown;

/** An object with these members; only those that would mislead a person, or break what shows them, are looked at. */
export function shape<T>(members: Partial<Record<keyof T, Check>>): (value: unknown) => value is T {
  return (value): value is T =>
    Object.entries<Check>(members as Record<string, Check>).every(([name, check]) =>
      check((value as Record<string, unknown> | null)?.[name]),
    );
}

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((member) => check(member));
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const isText: Check = (value) => typeof value === 'string';
export const isName: Check = (value) => isText(value) && value;
export const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const isInstant: Check = (value) => isText(value) && Date.parse(value as string) > 0;
const isStatus: Check = (value) => ['open', 'pending1', 'pending2', 'closed'].includes(value as string);

export const isTicket = shape<TicketSummary>({
  number: isName,
  status: isStatus,
  subject: orNull(isText),
  createdAt: isInstant,
  updatedAt: isInstant,
  firstResponseDueAt: orNull(isInstant),
  reopenUntil: orNull(isInstant),
  lastSeq: isCount,
  unread: isCount,
});
const entry = { seq: isCount, at: isInstant, by: shape({ name: isText }) };
export const isMessage = shape<ThreadMessage>({
  ...entry,
  type: (type) => type === 'message',
  text: orNull(isText),
  attachments: listOf(shape<Attachment>({ id: isName, name: isText, size: isCount })),
});
const isChange = shape<ThreadStatusChange>({ ...entry, type: (type) => type === 'status', status: isStatus });
export const isSession = shape<Session>({ id: isName, via: isName, expiresAt: isInstant });

export const isTicketPage = shape<TicketPage>({ tickets: listOf(isTicket), cursor: orNull(isText), unread: isCount });
export const isThreadPage = shape<ThreadPage>({ ticket: isTicket, entries: listOf((value) => isMessage(value) || isChange(value)) });
export const isOpenedSession = shape<OpenedSession>({
  token: (token) => /^[\w-]{43}$/.test(token as string),
  session: isSession,
  numbers: listOf(isName),
});
