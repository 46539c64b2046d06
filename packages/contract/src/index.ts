export type { AuditEntry, AuditEvent, AuditExport } from './access-audit.js';
export type {
  AccessAgent,
  AccessBind,
  AccessKind,
  AccessLease,
  AccessMeta,
  AccessRecord,
  AccessRecordState,
  AccessRequest,
  AccessRequestState,
  AccessReveal,
  AfterCareItem,
  AfterCareStep,
  RevealOutcome,
  TicketAccessState,
  VaultPass,
  VaultRequest,
} from './access-record.js';
export type {
  AccessOffer,
  AccessOfferOptions,
  AccessOptions,
  AccessPort,
  AccessReasonOptions,
  AttachmentLink,
  AttachmentPort,
  CallOptions,
  CompleteTrackingPort,
  CreateTicketOptions,
  FollowOptions,
  GetThreadOptions,
  GetTicketOptions,
  ListTicketsOptions,
  RemoveUploadOptions,
  ReplyOptions,
  SignInPort,
  StatusChange,
  SupportAdapter,
  TicketHint,
  TrackingPort,
  UploadOptions,
} from './adapter.js';
export type {
  Agent,
  AgentKey,
  AgentReplyReceipt,
  AgentRole,
  AgentSelf,
  AgentSession,
  AgentTicketDetail,
  AgentTicketPage,
  AgentTicketSummary,
  Assignee,
  Passkey,
  ServedContact,
  ServedDesk,
} from './agent.js';
export type { Attachment, FileLimits } from './attachment.js';
export type { Contact } from './contact.js';
export type { DeskTexts } from './desk-texts.js';
export { fileLimitsFor, type Desk, type DeskLimits, type OptionalField, type OtherWay } from './desk.js';
export {
  SupportError,
  isRetryable,
  isSupportError,
  type AccessErrorCode,
  type Problem,
  type SupportErrorCode,
  type SupportErrorOptions,
  type VaultErrorCode,
} from './errors.js';
export type { FieldProblem, FieldProblemCode, FieldProblems, FieldSpec } from './field.js';
export { textIn, type LocalizedText } from './localized-text.js';
export type { Requester } from './people.js';
export { STATUSES, isSupportErrorCode } from './statuses.js';
export type { BusinessHours, SlaPolicy, Weekday } from './sla-types.js';
export type { NumberedReceipt, Ticket, TicketDetail, TicketDraft, TicketKeys, TicketKind, TicketReceipt, TicketStatus } from './ticket.js';
export type { OpenedSession, Session, SessionOrigin, SessionRequest, SignInLinkRequest, TicketAccess } from './session.js';
export type {
  Actor,
  Rating,
  ReplyDraft,
  ReplyReceipt,
  ThreadEntry,
  ThreadMessage,
  ThreadPage,
  ThreadStatusChange,
  TicketAccessSign,
  TicketPage,
  TicketSummary,
  WaitingFor,
} from './thread.js';
