import type { AccessRecord, AccessRequest, AuditEntry, AuditExport, TicketAccessState, VaultPass } from '@storefront-support/contract';
import { isCount, isInstant, isName, isText, listOf, orNull, shape, type Check } from './answers.js';

const isFlag: Check = (value) => typeof value === 'boolean';
const isKind: Check = (value) => /^[a-z]+(-[a-z]+)*$/.test(value as string);
const isAgent = shape<{ name: string }>({ name: isText });

const isRequest = shape<AccessRequest>({
  id: isName,
  state: isName,
  kinds: listOf(isKind),
  reason: isText,
  by: isAgent,
  agent: orNull(isAgent),
  createdAt: isInstant,
  answerUntil: isInstant,
  neededUntil: orNull(isInstant),
});
const isRecord = shape<AccessRecord>({
  id: isName,
  requestId: isName,
  kind: isKind,
  state: isName,
  createdAt: isInstant,
  expiresAt: isInstant,
  closesAt: orNull(isInstant),
  reveals: isCount,
  lease: orNull(shape<{ agent: unknown }>({ agent: isAgent })),
  receipt: isText,
  endedAt: orNull(isInstant),
  afterCare: listOf(shape<{ item: string; doneAt: unknown }>({ item: isName, doneAt: orNull(isInstant) })),
});
const isEntry = shape<AuditEntry>({ seq: isCount, at: isInstant, event: isName, actor: isAgent, reason: isText, hash: isText });

export const isTicketAccess = shape<TicketAccessState>({ offers: isFlag, requests: listOf(isRequest), records: listOf(isRecord) });
export const isRequestAnswer = shape<{ request: AccessRequest }>({ request: isRequest });
export const isRecordAnswer = shape<{ record: AccessRecord }>({ record: isRecord });
export const isAuditExport = shape<AuditExport>({ chain: isText, entries: listOf(isEntry) });
/** Something will be shown from there: no `javascript:`. */
export const isVaultPass = shape<VaultPass>({
  token: (token) => /^[\w-]{43}$/.test(token as string),
  expiresAt: isInstant,
  url: (url) => /^https?:/.test(url as string),
});
