import * as z from 'zod/mini';
import { ACCESS, ACCESS_KINDS } from './access-record.js';
import { AUDIT_EVENTS } from './access-audit.js';
import { instantSchema, secretSchema } from './schemas.js';
import { actorSchema } from './thread-schemas.js';

const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(ACCESS.reasonLength));
const optionalReason = z.optional(z.string().check(z.trim(), z.maxLength(ACCESS.reasonLength)));
const kind = z.enum(ACCESS_KINDS);
const kinds = z.array(kind).check(
  z.minLength(1),
  z.maxLength(ACCESS_KINDS.length),
  z.refine((list) => new Set(list).size === list.length, { error: 'Name each kind once.' }),
);
const epoch = z.int().check(z.minimum(1), z.maximum(1_000_000));
const count = z.int().check(z.nonnegative());
const afterCareItem = z.enum(['delete-account', 'change-password', 'remove-key', 'revoke-key', 'delete-file']);

/** Header with what the server has to know of a sealed record: JSON in ASCII. The form, which counts its bytes, knows nothing of it. */
export const VAULT_META = 'Vault-Meta';

/** Id of a record or a device: 128 random bits as base64url. */
export const recordIdSchema = z.string().check(z.regex(/^[\w-]{22}$/));

/** Body of `POST …/agent/tickets/{number}/access/requests`. */
export const accessRequestDraftSchema = z.strictObject({ kinds, reason, neededUntil: instantSchema });
/** Body of `POST …/tickets/{number}/access/offers`. */
export const accessOfferSchema = z.strictObject({ kinds, reason });
/** Body of `POST …/requests/{id}/decline` and `…/withdraw`. */
export const accessRefusalSchema = z.strictObject({ reason: optionalReason });
/** Body of `PATCH …/access/records/{id}`. */
export const expiryChangeSchema = z.strictObject({ expiresAt: instantSchema });
/** Body of `PUT …/access/records/{id}/after-care`: everything that is done; what is left out is not. */
export const afterCareDoneSchema = z.strictObject({
  done: z.array(afterCareItem).check(z.maxLength(10)),
});
/** Body of `POST …/agent/vault/records/{id}/reveals`. */
export const revealSchema = z.strictObject({ reason });
/** Body of `POST …/agent/vault/reveals/{id}/ack`. */
export const acknowledgementSchema = z.strictObject({ outcome: z.enum(['opened', 'wrong-key', 'tampered', 'bind-mismatch']) });

/** `Vault-Meta` of an upload. `expiresAt` is looked at by rules of its own, which have codes of their own. */
export const accessMetaSchema = z.strictObject({
  requestId: z.string().check(z.minLength(1), z.maxLength(64)),
  kind,
  epoch,
  createdAt: instantSchema,
  expiresAt: z.optional(instantSchema),
  maxReveals: z.int().check(z.minimum(1), z.maximum(ACCESS.revealsMax)),
  fileBytes: z.int().check(z.nonnegative(), z.maximum(ACCESS.sealedFileBytes)),
  supersedes: z.optional(recordIdSchema),
});
/** `Vault-Meta` of a record that is sealed to another key. */
export const rewrapMetaSchema = z.strictObject({ epoch, fileBytes: accessMetaSchema.shape.fileBytes });

const agent = z.object({ id: z.string(), name: z.string() });

/** A wish for access, or an offer of it. */
export const accessRequestSchema = z.object({
  id: z.string(),
  state: z.enum(['offered', 'asked', 'answered', 'declined', 'withdrawn', 'expired']),
  kinds: z.array(kind),
  reason: z.string(),
  by: actorSchema,
  agent: z.nullable(agent),
  createdAt: instantSchema,
  answerUntil: instantSchema,
  neededUntil: z.nullable(instantSchema),
  endedAt: z.nullable(instantSchema),
});
/** A sealed record, without anything of what is in it. */
export const accessRecordSchema = z.object({
  id: z.string(),
  requestId: z.string(),
  kind,
  state: z.enum(['active', 'consumed', 'expired', 'revoked', 'closed', 'superseded']),
  epoch: count,
  createdAt: instantSchema,
  expiresAt: instantSchema,
  closesAt: z.nullable(instantSchema),
  maxReveals: count,
  reveals: count,
  failures: count,
  lease: z.nullable(z.object({ agent, until: instantSchema })),
  receipt: z.string(),
  bytes: count,
  endedAt: z.nullable(instantSchema),
  supersededBy: z.nullable(z.string()),
  afterCare: z.array(
    z.object({
      item: afterCareItem,
      doneAt: z.nullable(instantSchema),
    }),
  ),
  revision: count,
});
/** Answer to `GET …/tickets/{number}/access`, and to whatever changes it. */
export const ticketAccessSchema = z.object({
  offers: z.boolean(),
  requests: z.array(accessRequestSchema),
  records: z.array(accessRecordSchema),
  audit: z.nullable(z.object({ seq: count, hash: z.string() })),
});
/** Answer that is one request. */
export const accessRequestAnswerSchema = z.object({ request: accessRequestSchema });
/** Answer that is one record. */
export const accessRecordAnswerSchema = z.object({ record: accessRecordSchema });
/** Answer to `POST …/requests/{id}/passes`. */
export const vaultPassSchema = z.object({ token: secretSchema, expiresAt: instantSchema, url: z.string() });
/** Answer to `GET …/vault/request`. */
export const vaultRequestSchema = z.object({
  request: accessRequestSchema,
  records: z.array(accessRecordSchema),
  ticket: z.object({ number: z.string(), subject: z.nullable(z.string()) }),
  desk: z.object({ id: z.string(), name: z.string() }),
  origin: z.string(),
  now: instantSchema,
});
/** Answer to `GET …/agent/vault/records`: what can be opened, or sealed to another key, with the numbers of its tickets. */
export const heldRecordsSchema = z.object({ records: z.array(z.object({ ticket: z.string(), record: accessRecordSchema })) });

/** What is sealed along, and compared by who opens it. */
export const accessBindSchema = z.strictObject({
  desk: z.string(),
  ticket: z.string(),
  request: z.string(),
  record: recordIdSchema,
  epoch,
  createdAt: instantSchema,
  expiresAt: instantSchema,
  maxReveals: accessMetaSchema.shape.maxReveals,
  origin: z.string(),
});
/** Answer to `POST …/agent/vault/records/{id}/reveals` and `…/rewraps`. */
export const accessRevealSchema = z.object({
  id: z.string(),
  record: accessRecordSchema,
  bind: accessBindSchema,
  fileBytes: count,
  leaseUntil: instantSchema,
});

/** One link of an audit. */
export const auditEntrySchema = z.object({
  seq: count,
  at: instantSchema,
  event: z.enum(AUDIT_EVENTS),
  actor: z.object({ ...actorSchema.shape, id: z.nullable(z.string()) }),
  reason: z.string(),
  requestId: z.nullable(z.string()),
  recordId: z.nullable(z.string()),
  epoch: z.nullable(count),
  client: z.enum(['web', 'cli', 'job']),
  network: z.string(),
  prev: z.string(),
  hash: z.string(),
});
/** Answer to `GET …/tickets/{number}/access/audit`. */
export const auditExportSchema = z.object({ chain: z.string(), entries: z.array(auditEntrySchema) });

const wrapped = z.string().check(z.minLength(1), z.maxLength(200_000), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));
/** A device of an agent: what team identities are wrapped to. */
export const vaultDeviceSchema = z.object({
  id: z.string(),
  agent,
  name: z.string(),
  /** An age recipient. */
  recipient: z.string(),
  state: z.enum(['waiting', 'enrolled', 'removed']),
  createdAt: instantSchema,
  enrolledAt: z.nullable(instantSchema),
});
/** Answer to `PUT …/agent/vault/devices/{id}`. */
export const vaultDeviceAnswerSchema = z.object({ device: vaultDeviceSchema });
/** Body of `PUT …/agent/vault/devices/{id}`: what waits to be enrolled. The code that is read out is made of the recipient's hash. */
export const newVaultDeviceSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  recipient: z.string().check(z.maxLength(4_000), z.regex(/^age1[a-z0-9]+$/)),
});
/** Answer to `GET …/agent/vault/roster`. */
export const vaultRosterSchema = z.object({ devices: z.array(vaultDeviceSchema), epochs: z.array(epoch) });
/** Body of `PUT …/agent/vault/identities/{epoch}`: the age file that holds the team's identity, base64, and whom it is wrapped to. */
export const teamIdentitySchema = z.strictObject({ wrapped, devices: z.array(recordIdSchema).check(z.maxLength(200)) });
/** Answer to `GET …/agent/vault/identities/{epoch}`: `revision` goes into `If-Match`. */
export const teamIdentityAnswerSchema = z.object({ epoch, wrapped: z.string(), devices: z.array(z.string()), revision: count });
