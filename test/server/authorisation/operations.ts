import { ageText } from '../../support/age-bytes.ts';
import { newRecordId } from '../../support/lent-access.ts';
import type { GuardedTicket, GuardedWorld, Pass, WorldRequest } from '../../support/guarded-world.ts';
import { newDraft, newKeys } from '../../support/ticket-request.ts';

/** Everybody and everything of a world, by the names of the table. */
export interface Cast {
  world: GuardedWorld;
  actors: { [name: string]: Pass };
  tickets: { [name: string]: GuardedTicket };
  sessionIds: { [name: string]: string };
  /** Of the link to a message of A on desk one that waits for its sender. */
  heldToken: string;
  agent: { sessionId: string; keyId: string; passkeyId: string; deviceId: string };
}

/** A request, and what is true of its answer where it is done. */
export interface Attempt extends WorldRequest {
  status: number;
  /** True for what reads, whatever its method. */
  reads?: boolean;
}

/** A ticket that nobody has. */
export const NOWHERE = '2222-2222';
const NO_FILE = 'x'.repeat(43);
const NO_RECORD = 'x'.repeat(22);
/** Some hours after the world's clock. */
const LATER = '2026-06-01T20:00:00Z';
const sooner = { method: 'PATCH', body: { expiresAt: LATER }, status: 200 };
const TUS = { 'Tus-Resumable': '1.0.0' };
const PAGE = { Origin: 'http://localhost:8481', 'Sec-Fetch-Site': 'same-origin' };

/** How lent access is asked for: where a record or a request is named, `A:B` names B's below A's ticket. */
const ACCESS_ATTEMPTS: { [operation: string]: (cast: Cast, object: string) => Attempt } = {
  getAccess: (cast, object) => get(accessPath(cast, object)),
  getAccessAudit: (cast, object) => get(`${accessPath(cast, object)}/audit`),
  offerAccess: (cast, object) => ({
    method: 'POST',
    path: `${accessPath(cast, object)}/offers`,
    headers: fresh(),
    body: { kinds: ['ssh'], reason: 'Please look' },
    status: 201,
  }),
  declineAccess: (cast, object) => ({
    method: 'POST',
    path: `${accessPath(cast, object)}/requests/${lentOf(cast, object)?.askedId ?? NO_FILE}/decline`,
    body: {},
    status: 200,
  }),
  withdrawOffer: (cast, object) => ({
    method: 'POST',
    path: `${accessPath(cast, object)}/requests/${lentOf(cast, object)?.offeredId ?? NO_FILE}/withdraw`,
    body: {},
    status: 200,
  }),
  openVault: (cast, object) => ({
    method: 'POST',
    path: `${accessPath(cast, object)}/requests/${lentOf(cast, object)?.askedId ?? NO_FILE}/passes`,
    status: 201,
  }),
  changeAccessExpiry: (cast, object) => ({ ...sooner, path: `${accessPath(cast, object)}/records/${recordOf(cast, object)}` }),
  revokeAccess: (cast, object) => ({
    method: 'DELETE',
    path: `${accessPath(cast, object)}/records/${recordOf(cast, object)}`,
    status: 200,
  }),
  tickAfterCare: (cast, object) => ({
    method: 'PUT',
    path: `${accessPath(cast, object)}/records/${lentOf(cast, object)?.endedId ?? NO_RECORD}/after-care`,
    body: { done: ['delete-account'] },
    status: 200,
  }),
  getVaultRequest: (cast, object) => ({ ...get('/v1/desks/one/vault/request'), host: 'vault', headers: passOf(cast, object) }),
  sealRecord: (cast, object) => {
    const meta = {
      requestId: lentOf(cast, object)?.requestId,
      kind: 'ssh',
      epoch: 1,
      createdAt: LATER,
      expiresAt: LATER,
      maxReveals: 1,
      fileBytes: 0,
    };
    // `A:B`: for the request of B, by the pass of A
    const pass = passOf(cast, object.split(':')[0] ?? '');
    const headers = { 'Content-Type': 'application/octet-stream', 'Vault-Meta': JSON.stringify(meta), ...pass };
    const path = `/v1/desks/one/vault/records/${newRecordId()}`;
    return { method: 'PUT', path, host: 'vault', headers, body: ageText(), status: 201 };
  },
  declineByPass: (cast, object) => ({
    method: 'POST',
    path: '/v1/desks/one/vault/request/decline',
    host: 'vault',
    headers: passOf(cast, object, 'askedPass'),
    body: {},
    status: 200,
  }),
  revokeByPass: (cast, object) => ({
    method: 'DELETE',
    path: `/v1/desks/one/vault/records/${recordOf(cast, object)}`,
    host: 'vault',
    headers: passOf(cast, object.split(':')[0] ?? ''),
    status: 200,
  }),
  getManifest: (_, desk) => ({ ...get(`/v1/desks/${desk}/vault/manifest.json`), host: 'vault' }),
  getManifestSignature: (_, desk) => ({ ...get(`/v1/desks/${desk}/vault/manifest.json.sig`), host: 'vault' }),

  getAgentAccess: (cast, object) => inbox(get(agentAccessPath(cast, object))),
  getAgentAccessAudit: (cast, object) => inbox(get(`${agentAccessPath(cast, object)}/audit`)),
  askForAccess: (cast, object) =>
    inbox({
      method: 'POST',
      path: `${agentAccessPath(cast, object)}/requests`,
      headers: fresh(),
      body: { kinds: ['ssh'], reason: 'To look', neededUntil: LATER },
      status: 201,
    }),
  acceptOffer: (cast, object) => answerOffer(cast, object, 'accept'),
  declineOffer: (cast, object) => answerOffer(cast, object, 'decline'),
  withdrawAccessRequest: (cast, object) =>
    inbox({
      method: 'POST',
      path: `${agentAccessPath(cast, object)}/requests/${lentOf(cast, object)?.askedId ?? NO_FILE}/withdraw`,
      body: {},
      status: 200,
    }),
  shortenAccess: (cast, object) => inbox({ ...sooner, path: `${agentAccessPath(cast, object)}/records/${recordOf(cast, object)}` }),
  giveAccessBack: (cast, object) =>
    inbox({ method: 'DELETE', path: `${agentAccessPath(cast, object)}/records/${recordOf(cast, object)}`, status: 200 }),

  listHeldRecords: (_, desk) => opening(get(`/v1/desks/${desk}/agent/vault/records`)),
  revealRecord: (cast, object) =>
    opening({
      method: 'POST',
      path: `${vaultPath(cast, object)}/records/${recordOf(cast, object)}/reveals`,
      headers: fresh(),
      body: { reason: 'To look' },
      status: 201,
    }),
  beginRewrap: (cast, object) =>
    opening({
      method: 'POST',
      path: `${vaultPath(cast, object)}/records/${recordOf(cast, object)}/rewraps`,
      headers: fresh(),
      status: 201,
    }),
  getSealedRecord: (cast, object) => opening(get(`${vaultPath(cast, object)}/reveals/${lentOf(cast, object)?.revealId ?? NO_FILE}/sealed`)),
  acknowledgeReveal: (cast, object) =>
    opening({
      method: 'POST',
      path: `${vaultPath(cast, object)}/reveals/${lentOf(cast, object)?.revealId ?? NO_FILE}/ack`,
      body: { outcome: 'opened' },
      status: 200,
    }),
  rewrapRecord: (cast, object) => {
    const headers = { 'Content-Type': 'application/octet-stream', 'Vault-Meta': JSON.stringify({ epoch: 2, fileBytes: 0 }) };
    const path = `${vaultPath(cast, object)}/reveals/${lentOf(cast, object)?.rewrapId ?? NO_FILE}/sealed`;
    return opening({ method: 'PUT', path, headers, body: ageText(), status: 200 });
  },
  getVaultRoster: () => opening(get('/v1/desks/one/agent/vault/roster')),
  getKeysAudit: () => opening(get('/v1/desks/one/agent/vault/audit')),
  addVaultDevice: () =>
    opening({
      method: 'PUT',
      path: `/v1/desks/one/agent/vault/devices/${newRecordId()}`,
      body: { name: 'Laptop', recipient: 'age1laptop' },
      status: 200,
    }),
  removeVaultDevice: ({ agent }) => opening({ method: 'DELETE', path: `/v1/desks/one/agent/vault/devices/${agent.deviceId}`, status: 204 }),
  getTeamIdentity: () => opening(get('/v1/desks/one/agent/vault/identities/1')),
  putTeamIdentity: () =>
    opening({
      method: 'PUT',
      path: '/v1/desks/one/agent/vault/identities/1',
      headers: { 'If-Match': '"1"' },
      body: { wrapped: 'YWdhaW4=', devices: [] },
      status: 200,
    }),
  removeTeamIdentity: () => opening({ method: 'DELETE', path: '/v1/desks/one/agent/vault/identities/2', status: 204 }),
};

/** How an operation is asked for, and asked of what. `none` is an object that does not exist, on the desk of A. */
export const ATTEMPTS: { [operation: string]: (cast: Cast, object: string) => Attempt } = {
  ...ACCESS_ATTEMPTS,
  getTicket: (cast, object) => get(ticketPath(cast, object)),
  getThread: (cast, object) => get(`${ticketPath(cast, object)}/messages`),
  reply: (cast, object) => ({
    method: 'POST',
    path: `${ticketPath(cast, object)}/messages`,
    headers: fresh(),
    body: { text: 'A reply', attachmentIds: [], secret: newKeys().secret },
    status: 201,
  }),
  changeTicket: (cast, object) => ({
    method: 'PATCH',
    path: ticketPath(cast, object),
    body: { status: 'closed', rating: { score: 'bad', comment: '' } },
    status: 200,
  }),
  getAttachment: (cast, object) => get(`${ticketPath(cast, object)}/attachments/${fileOf(cast, object)}`),
  linkAttachment: (cast, object) => ({
    method: 'POST',
    path: `${ticketPath(cast, object)}/attachments/${fileOf(cast, object)}/links`,
    status: 201,
    reads: true,
  }),
  listTickets: (_, desk) => get(`/v1/desks/${desk}/tickets`),
  listSessions: (_, desk) => get(`/v1/desks/${desk}/sessions`),
  endSession: ({ sessionIds }, object) => ({
    method: 'DELETE',
    path: `/v1/desks/one/sessions/${sessionIds[object] ?? 'current'}`,
    status: 204,
  }),
  followTickets: (_, desk) => get(`/v1/desks/${desk}/events`),
  getUploadOffset: (cast, object) => ({ method: 'HEAD', path: uploadPath(cast, object), headers: TUS, status: 200 }),
  continueUpload: (cast, object) => ({
    method: 'PATCH',
    path: uploadPath(cast, object),
    // it is finished: whoever may write is told where it stands
    headers: { ...TUS, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    status: 409,
    reads: true,
  }),
  removeUpload: (cast, object) => ({ method: 'DELETE', path: uploadPath(cast, object), headers: TUS, status: 204 }),

  listAgentTickets: (_, object) => {
    const [desk = '', query] = object.split(':');
    return inbox(get(`/v1/desks/${desk}/agent/tickets${query === 'find' ? '?q=subject' : query ? `?contact=${query}` : ''}`));
  },
  getAgentTicket: (cast, object) => inbox(get(agentPath(cast, object))),
  getAgentAttachment: (cast, object) => inbox(get(`${agentPath(cast, object)}/attachments/${fileOf(cast, object)}`)),
  changeAgentTicket: (cast, object) =>
    inbox({ method: 'PATCH', path: agentPath(cast, object), body: { status: 'pending1', assigneeId: 'me' }, status: 200 }),
  answerTicket: (cast, object) =>
    inbox({
      method: 'POST',
      path: `${agentPath(cast, object)}/messages`,
      headers: fresh(),
      body: { text: 'An answer', visibility: 'public', seq: 99 },
      status: 201,
    }),
  redactMessage: (cast, object) => {
    const [, below] = object.split(':');
    const messageId = cast.tickets[below ?? object]?.messageId ?? 'nothing';
    return inbox({ method: 'POST', path: `${agentPath(cast, object)}/redactions`, body: { messageId, start: 0, end: 1 }, status: 200 });
  },
  openTicket: (_, desk) =>
    inbox({
      method: 'POST',
      path: `/v1/desks/${desk}/agent/tickets`,
      headers: fresh(),
      body: {
        contactId: 'service',
        requester: { name: 'Cleo', email: 'cleo@customer.example' },
        subject: 'Recall',
        message: 'Please return it.',
      },
      status: 201,
    }),

  getAgent: () => inbox(get('/v1/agent/me')),
  listAgentSessions: () => inbox(get('/v1/agent/sessions')),
  endAgentSession: ({ agent }, object) =>
    inbox({ method: 'DELETE', path: `/v1/agent/sessions/${object === 'current' ? object : agent.sessionId}`, status: 204 }),
  beginPasskey: () => inbox({ method: 'POST', path: '/v1/agent/passkey-options', status: 200 }),
  addPasskey: () =>
    inbox({
      method: 'POST',
      path: '/v1/agent/passkeys',
      body: { name: 'mine', answer: { id: 'a', rawId: 'a', type: 'public-key', response: { clientDataJSON: 'e30' } } },
      status: 201,
    }),
  removePasskey: ({ agent }) => inbox({ method: 'DELETE', path: `/v1/agent/passkeys/${agent.passkeyId}`, status: 204 }),
  listAgentKeys: () => inbox(get('/v1/agent/keys')),
  addAgentKey: () => inbox({ method: 'POST', path: '/v1/agent/keys', body: { name: 'a script' }, status: 201 }),
  removeAgentKey: ({ agent }) => inbox({ method: 'DELETE', path: `/v1/agent/keys/${agent.keyId}`, status: 204 }),
  signOutAgent: () => inbox({ method: 'POST', path: '/v1/agent/sign-out', status: 204 }),

  getDesk: (_, desk) => get(`/v1/desks/${desk}`),
  getChallenge: (_, desk) => get(`/v1/desks/${desk}/challenge`),
  createTicket: (_, desk) => {
    const { secret } = newKeys();
    const headers = { ...fresh(), Authorization: `Bearer ${secret}` };
    return { method: 'POST', path: `/v1/desks/${desk}/tickets`, headers, body: { draft: newDraft() }, status: 201 };
  },
  postTicketForm: (_, desk) => {
    const email = `${newKeys().idempotencyKey}@customer.example`;
    const fields = { contactId: 'service', 'requester.name': 'Cleo', 'requester.email': email, subject: 'A lamp', message: 'It hums.' };
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', path: `/v1/desks/${desk}/tickets/form`, headers, body: new URLSearchParams(fields).toString(), status: 202 };
  },
  getConfirmPage: (cast, object) => ({ ...get(confirmPath(cast, object)), status: object === 'one:held' ? 200 : 410 }),
  confirmTicket: (cast, object) => ({
    method: 'POST',
    path: confirmPath(cast, object),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'answer=confirm',
    status: object === 'one:held' ? 200 : 410,
  }),
  getDeskPage: (_, desk) => get(`/desks/${desk}`),
  requestSignInLink: (_, object) => {
    const email = object === 'one:known' ? 'ann@customer.example' : `${newKeys().idempotencyKey}@customer.example`;
    const body = { email, browserSecret: newKeys().secret, locale: 'en' };
    return { method: 'POST', path: '/v1/desks/one/sign-in-links', body, status: 202 };
  },
  openSession: ({ tickets }, object) => {
    const way = object === 'one:spent' ? { linkToken: newKeys().secret } : { identityToken: 'e30.e30.e30' };
    if (object === 'one:spent' || object === 'one:forged')
      return { method: 'POST', path: '/v1/desks/one/sessions', body: way, status: 201 };
    const { number = '', keys } = tickets['A'] ?? {};
    const secret = object === 'one:A' ? keys?.secret : newKeys().secret;
    return { method: 'POST', path: '/v1/desks/one/sessions', body: { tickets: [{ number, secret }] }, status: 201 };
  },
  createUpload: (_, desk) => ({
    method: 'POST',
    path: `/v1/desks/${desk}/uploads`,
    headers: { ...TUS, 'Upload-Length': '5', Authorization: `Bearer ${newKeys().secret}` },
    status: 201,
  }),
  getUploadAbilities: (_, desk) => ({ method: 'OPTIONS', path: `/v1/desks/${desk}/uploads`, status: 204 }),
  getUploadAbilitiesOfOne: (cast, object) => ({ method: 'OPTIONS', path: uploadPath(cast, object), status: 204 }),
  downloadAttachment: (cast, object) => {
    const [name = '', change] = object.split(':');
    const ticket = cast.tickets[name];
    const link = ticket?.link ?? `/v1/desks/one/attachments/${NO_FILE}?expires=1&signature=x`;
    const path =
      change === 'unsigned' ? link.split('?')[0] : change === undefined ? link : link.replace(ticket?.fileId ?? '', fileOf(cast, object));
    return { ...get(path ?? ''), host: 'attachments' };
  },
  signInAgent: () => open('sign-in', { email: `${newKeys().idempotencyKey}@shop.example`, password: 'a wrong password', code: '000000' }),
  askForPasskey: () => open('sign-in/passkey-options', undefined),
  signInWithPasskey: () =>
    open('sign-in/passkey', { answer: { id: 'a', rawId: 'a', type: 'public-key', response: { clientDataJSON: 'e30' } } }),
  readSetUpLink: () => open('set-up', { token: newKeys().secret }),
  finishSetUp: () => open('set-up/finish', { token: newKeys().secret, password: 'long enough for it', code: '000000' }),
  getEmbed: () => get('/embed.js'),
  getClassicEmbed: () => get('/embed.classic.js'),
  getEmbedPart: () => get('/c/part-AAAAAAAA.js'),
  getOpenApi: () => get('/openapi.json'),
  getDocs: () => get('/docs'),
  getHealth: () => get('/healthz'),
  getReadiness: () => get('/readyz'),
};

const opening = (attempt: Attempt): Attempt => ({ ...attempt, host: 'agent-vault' });
const get = (path: string): Attempt => ({ method: 'GET', path, status: 200, reads: true });
const inbox = (attempt: Attempt): Attempt => ({ ...attempt, host: 'inbox' });
const open = (way: string, body: unknown): Attempt =>
  inbox({ method: 'POST', path: `/v1/agent/${way}`, headers: PAGE, ...(body !== undefined && { body }), status: 200 });
const fresh = () => ({ 'Idempotency-Key': newKeys().idempotencyKey });

function confirmPath({ heldToken }: Cast, object: string): string {
  const [desk = '', which] = object.split(':');
  return `/desks/${desk}/confirm/${which === 'held' ? heldToken : NO_FILE}`;
}

function ticketPath({ tickets }: Cast, object: string, below = 'tickets'): string {
  const ticket = tickets[object.split(':')[0] ?? ''];
  return `/v1/desks/${ticket?.desk ?? 'one'}/${below}/${ticket?.number ?? NOWHERE}`;
}

const agentPath = (cast: Cast, object: string) => ticketPath(cast, object, 'agent/tickets');

const accessPath = (cast: Cast, object: string) => `${ticketPath(cast, object)}/access`;
const agentAccessPath = (cast: Cast, object: string) => `${agentPath(cast, object)}/access`;

function vaultPath({ tickets }: Cast, object: string): string {
  return `/v1/desks/${tickets[object]?.desk ?? 'one'}/agent/vault`;
}

function lentOf({ tickets }: Cast, object: string) {
  const [name = '', below] = object.split(':');
  return tickets[below ?? name]?.access;
}

const recordOf = (cast: Cast, object: string) => lentOf(cast, object)?.recordId ?? NO_RECORD;

function passOf(cast: Cast, object: string, which: 'pass' | 'askedPass' = 'pass'): Record<string, string> {
  const pass = lentOf(cast, object)?.[which];
  return pass === undefined ? {} : { Authorization: `Bearer ${pass}` };
}

function answerOffer(cast: Cast, object: string, verb: 'accept' | 'decline'): Attempt {
  const path = `${agentAccessPath(cast, object)}/requests/${lentOf(cast, object)?.offeredId ?? NO_FILE}/${verb}`;
  return inbox({ method: 'POST', path, body: {}, status: 200 });
}

function uploadPath({ tickets }: Cast, object: string): string {
  // the upload of A2 is asked for at A's desk
  return `/v1/desks/one/uploads/${tickets[object]?.uploadId ?? NO_FILE}`;
}

function fileOf({ tickets }: Cast, object: string): string {
  const [name = '', below] = object.split(':');
  const ticket = tickets[name];
  if (below === 'note') return ticket?.noteFileId ?? NO_FILE;
  if (below === 'upload') return ticket?.uploadId ?? NO_FILE;
  return tickets[below ?? name]?.fileId ?? NO_FILE;
}
