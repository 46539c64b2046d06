import type { AttachmentLink, ReplyReceipt, Session, TicketSummary } from '@storefront-support/contract';
import { isInstant, isMessage, isSession, isTicket, listOf, shape } from './answers.js';

export const isTicketAnswer = shape<{ ticket: TicketSummary }>({ ticket: isTicket });
export const isReplyReceipt = shape<ReplyReceipt>({ message: isMessage, ticket: isTicket });
/** Somebody will follow it: no `javascript:`. */
export const isAttachmentLink = shape<AttachmentLink>({ url: (url) => /^https?:/.test(url as string), expiresAt: isInstant });
export const isSessionList = shape<{ sessions: Session[] }>({ sessions: listOf(isSession) });
