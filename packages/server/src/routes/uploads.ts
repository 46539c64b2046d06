import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { fileLimitsFor, SupportError, type Problem } from '@storefront-support/contract';
import { Hono, type Context } from 'hono';
import type { DeskConfig } from '../desk-config.js';
import { quotaKey } from '../files/quota-key.js';
import { receivePiece, removeUpload } from '../files/receive-upload.js';
import { PIECE_BYTES, requestBytes, type Piece } from '../files/request-bytes.js';
import { parseUploadMetadata } from '../files/upload-metadata.js';
import { findUpload, quotaWait, REMOVED, UPLOAD_LIFE_MS, type UploadRow } from '../files/upload-rows.js';
import { UploadTurns, type Turn } from '../files/upload-turns.js';
import type { AppEnv, Ports } from '../ports.js';
import { secretHashIn } from '../ticket-secret.js';

const TUS = '1.0.0';
const CHECKSUMS = ['sha1', 'sha256'];
const CHUNK_TYPE = 'application/offset+octet-stream';

type Ctx = Context<AppEnv>;

/**
 * Resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload, extensions creation, termination, expiration and
 * checksum), to be mounted below `/v1/desks/{desk}`. Bytes are on disk before their offset is acknowledged, nothing is ever
 * served back, and whoever does not hold the secret of the draft sees no upload at all.
 *
 * @param ending once aborted, bodies are no longer waited for: what arrived is kept, the sender told to come back.
 */
export function uploadRoutes(ports: Ports, ending?: AbortSignal): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const turns = new UploadTurns(ports.now);
  const create = (c: Ctx) => createUpload(c, ports);
  const head = (c: Ctx) => headUpload(c, ports);
  const patch = (c: Ctx) => patchUpload(c, ports, turns, ending);
  const remove = (c: Ctx) => deleteUpload(c, ports, turns);

  routes.use('/uploads/:id?', async (c, next) => {
    await next();
    c.res.headers.set('Tus-Resumable', TUS);
    c.res.headers.set('Cache-Control', 'no-store');
  });
  routes.options('/uploads/:id?', (c) => c.body(null, 204, abilities(c.var.desk)));
  routes.use('/uploads/:id?', async (c, next) => {
    if (c.req.header('Tus-Resumable') === TUS || c.req.method === 'GET') return next();
    return refuse(c, 412, `This address speaks tus ${TUS}: send the header "Tus-Resumable: ${TUS}".`, { 'Tus-Version': TUS });
  });
  // for networks that let no PATCH or DELETE through; tus has the real method ignored then
  routes.use('/uploads/:id?', (c: Ctx, next) => {
    const method = c.req.header('X-HTTP-Method-Override');
    if (method === undefined) return next();
    const one = new Map([
      ['HEAD', head],
      ['PATCH', patch],
      ['DELETE', remove],
    ]);
    const handle = c.req.param('id') !== undefined ? one.get(method) : method === 'POST' ? create : undefined;
    if (!handle) throw new SupportError('method-not-allowed', 'X-HTTP-Method-Override names no method of this address.');
    return handle(c);
  });
  routes.post('/uploads', create);
  // The framework routes HEAD as GET; a real GET gets no further than whether there is anything.
  routes.get('/uploads/:id', async (c, next) => {
    if (c.req.method === 'HEAD') return head(c);
    await ownUpload(c, ports);
    return next();
  });
  routes.patch('/uploads/:id', patch);
  routes.delete('/uploads/:id', remove);
  routes.all('/uploads/:id?', (c) => {
    c.header('Allow', c.req.param('id') === undefined ? 'POST, OPTIONS' : 'HEAD, PATCH, DELETE, OPTIONS');
    throw new SupportError('method-not-allowed', 'Uploads are created with POST, continued with HEAD and PATCH, and never read back.');
  });
  return routes;
}

async function createUpload(c: Ctx, ports: Ports): Promise<Response> {
  const { desk } = c.var.desk;
  const secretHash = secretHashIn(c.req.header('Authorization'));
  if (!secretHash) throw new SupportError('invalid-request', 'Authorization: Bearer <ticket secret> is missing or cannot be one.');
  if (c.req.header('Upload-Defer-Length') !== undefined) {
    throw new SupportError('invalid-request', 'Upload-Defer-Length is not supported: send Upload-Length.');
  }
  if (c.req.header('Upload-Concat') !== undefined) throw new SupportError('invalid-request', 'Upload-Concat is not supported.');
  const size = wholeNumber(c.req.header('Upload-Length'));
  if (size === null) throw new SupportError('invalid-request', 'Upload-Length is missing or no whole number of bytes.');
  const sent = c.req.header('Upload-Metadata');
  const metadata = parseUploadMetadata(sent);
  const contact = desk.contacts.find(({ id }) => id === metadata.contactId);
  if (metadata.contactId !== null && !contact) throw new SupportError('invalid-request', 'Upload-Metadata: this desk has no such contact.');
  const limits = fileLimitsFor(desk, contact);
  if (!limits) throw new SupportError('not-found', 'This desk takes no files.');
  const most = Math.min(limits.bytesPerFile, limits.bytesPerTicket);
  if (size > most) throw new SupportError('too-large', `One file may have ${most} bytes at most.`);

  const now = ports.now();
  const upload: UploadRow = {
    deskId: desk.id,
    id: randomBytes(32).toString('base64url'),
    secretHash,
    contactId: metadata.contactId,
    name: metadata.name,
    metadata: sent || null,
    size,
    offset: 0,
    type: null,
    expectedSha256: metadata.sha256,
    sha256: null,
    ticketId: null,
    messageId: null,
    position: null,
    quotaKey: quotaKey(c.var.clientAddress, ports.installSecret),
    createdAt: now,
    expiresAt: now + UPLOAD_LIFE_MS,
  };
  const { uploadBytesPerAddressPerDay: bytesPerDay, uploadsPerAddressPerHour: perHour } = c.var.desk.defences;
  const wait = await ports.store.write.run(async (trx) => {
    const wait = await quotaWait(trx, { ...upload, now }, { bytesPerDay, perHour });
    if (wait === 0) await trx.insertInto('upload').values(upload).execute();
    return wait;
  });
  if (wait > 0) throw new SupportError('rate-limited', 'This address has uploaded its share for now.', { retryAfter: wait });
  const made = size === 0 ? await receivePiece(ports, c.var.desk, upload, new Uint8Array()) : upload;
  return c.body(null, 201, { Location: `uploads/${made.id}`, 'Upload-Expires': expires(made) });
}

async function headUpload(c: Ctx, ports: Ports): Promise<Response> {
  const upload = await ownUpload(c, ports);
  return c.body(null, 200, {
    'Upload-Offset': String(upload.offset),
    'Upload-Length': String(upload.size),
    ...(upload.metadata === null ? {} : { 'Upload-Metadata': upload.metadata }),
    ...(upload.expiresAt === null ? {} : { 'Upload-Expires': expires(upload) }),
  });
}

async function patchUpload(c: Ctx, ports: Ports, turns: UploadTurns, ending: AbortSignal | undefined): Promise<Response> {
  const found = await ownUpload(c, ports);
  if (found.expiresAt !== null) c.header('Upload-Expires', expires(found));
  if (c.req.header('Content-Type')?.toLowerCase() !== CHUNK_TYPE) return refuse(c, 415, `A chunk is sent as ${CHUNK_TYPE}.`);
  const offset = wholeNumber(c.req.header('Upload-Offset'));
  if (offset === null) throw new SupportError('invalid-request', 'Upload-Offset is missing or no whole number of bytes.');
  const checksum = checksumIn(c.req.header('Upload-Checksum'));
  const { deskId, id } = found;
  const turn = await turns.take(`${deskId}/${id}`);
  if (!turn) throw new SupportError('conflict', 'Another request is writing to this upload.');
  try {
    const upload = await ownUpload(c, ports);
    if (offset !== upload.offset) throw new SupportError('conflict', 'Upload-Offset is not where this upload stands: ask with HEAD.');
    const length = wholeNumber(c.req.header('Content-Length'));
    if (length !== null && length > upload.size - offset)
      throw new SupportError('too-large', 'More bytes than Upload-Length has announced.');
    if (checksum && (length ?? 0) > PIECE_BYTES)
      throw new SupportError('too-large', `A chunk with a checksum has ${PIECE_BYTES} bytes at most.`);
    const receiving: Receiving = { c, ports, turn, ending };
    const received = await (checksum ? receiveChecked(receiving, upload, checksum) : receiveStream(receiving, upload));
    return c.body(null, 204, {
      'Upload-Offset': String(received.offset),
      ...(received.expiresAt === null ? {} : { 'Upload-Expires': expires(received) }),
    });
  } catch (error) {
    // what has been removed does not expire
    if (!(await findUpload(ports.store.read, deskId, id))?.expiresAt) c.header('Upload-Expires', undefined);
    throw error;
  } finally {
    turn.end();
  }
}

interface Receiving {
  c: Ctx;
  ports: Ports;
  turn: Turn;
  ending: AbortSignal | undefined;
}

function bodyOf({ c, turn, ending }: Receiving, upload: UploadRow): AsyncGenerator<Piece> {
  const wanted = upload.size - upload.offset;
  return requestBytes(c.env.incoming, { wanted, signal: turn.signal, onBytes: turn.heard, ending });
}

async function receiveStream(receiving: Receiving, upload: UploadRow): Promise<UploadRow> {
  const { c, ports } = receiving;
  let current = upload;
  for await (const { bytes, cut } of bodyOf(receiving, upload)) {
    if (bytes.length > current.size - current.offset) throw new SupportError('too-large', 'More bytes than Upload-Length has announced.');
    if (bytes.length > 0) current = await receivePiece(ports, c.var.desk, current, bytes);
    if (cut) throw endedEarly(receiving, 'what arrived is kept');
  }
  return current;
}

/** A chunk with a checksum counts as a whole or not at all. */
async function receiveChecked(receiving: Receiving, upload: UploadRow, { algorithm, digest }: Checksum): Promise<UploadRow> {
  const { c, ports } = receiving;
  const chunk: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes, cut } of bodyOf(receiving, upload)) {
    if (cut) throw endedEarly(receiving, 'the chunk is discarded');
    length += bytes.length;
    if (length > Math.min(PIECE_BYTES, upload.size - upload.offset))
      throw new SupportError('too-large', 'The chunk is longer than it may be.');
    chunk.push(Uint8Array.from(bytes));
  }
  const whole = chunk.length === 1 ? (chunk[0] as Uint8Array) : Buffer.concat(chunk);
  const found = createHash(algorithm).update(whole).digest();
  if (found.length !== digest.length || !timingSafeEqual(found, digest)) {
    throw new SupportError('checksum-mismatch', 'The chunk is not what its Upload-Checksum says; it is discarded, send it again.');
  }
  return whole.length === 0 ? upload : receivePiece(ports, c.var.desk, upload, whole);
}

function endedEarly({ c, ending }: Receiving, outcome: string): SupportError {
  if (!ending?.aborted) return new SupportError('invalid-request', `The body ended early; ${outcome}.`);
  // the rest of the body is still on its way
  c.header('Connection', 'close');
  return new SupportError('unavailable', `The server is stopping; ${outcome}.`);
}

async function deleteUpload(c: Ctx, ports: Ports, turns: UploadTurns): Promise<Response> {
  const { deskId, id } = await ownUpload(c, ports);
  const turn = await turns.takeOver(`${deskId}/${id}`);
  if (!turn) throw new SupportError('conflict', 'Another request is writing to this upload.');
  try {
    if (!(await removeUpload(ports, deskId, id))) throw new SupportError('not-found', 'No such upload.');
  } finally {
    turn.end();
  }
  return c.body(null, 204);
}

/** The upload of this address, for the holder of its secret only. */
async function ownUpload(c: Ctx, { store, now }: Ports): Promise<UploadRow> {
  const secretHash = secretHashIn(c.req.header('Authorization'));
  const id = c.req.param('id') ?? '';
  const upload = /^[\w-]{43}$/.test(id) ? await findUpload(store.read, c.var.desk.desk.id, id) : undefined;
  if (!upload || secretHash === null || !timingSafeEqual(Buffer.from(secretHash), Buffer.from(upload.secretHash))) {
    throw new SupportError('not-found', 'No such upload, or not with this secret.');
  }
  if (upload.expiresAt !== null && (upload.expiresAt === REMOVED || upload.expiresAt <= now())) {
    throw new SupportError('gone', 'The upload has expired or was removed. Start a new one.');
  }
  return upload;
}

function abilities({ desk }: DeskConfig): Record<string, string> {
  const { files } = desk.limits;
  return {
    'Tus-Version': TUS,
    'Tus-Extension': 'creation,termination,expiration,checksum',
    'Tus-Checksum-Algorithm': CHECKSUMS.join(','),
    ...(files ? { 'Tus-Max-Size': String(Math.min(files.bytesPerFile, files.bytesPerTicket)) } : {}),
  };
}

interface Checksum {
  algorithm: string;
  digest: Buffer;
}

function checksumIn(header: string | undefined): Checksum | null {
  if (header === undefined) return null;
  const [algorithm = '', encoded = '', ...rest] = header.trim().split(' ');
  const digest = Buffer.from(encoded, 'base64');
  if (!CHECKSUMS.includes(algorithm) || encoded === '' || rest.length > 0 || digest.toString('base64') !== encoded) {
    throw new SupportError('invalid-request', `Upload-Checksum is one of ${CHECKSUMS.join(', ')}, one space, and the digest in base64.`);
  }
  return { algorithm, digest };
}

function wholeNumber(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function expires({ expiresAt }: UploadRow): string {
  return new Date(expiresAt ?? 0).toUTCString();
}

/** For the two statuses that tus wants and no error code has. */
function refuse(c: Pick<Ctx, 'body'>, status: 412 | 415, detail: string, headers: Record<string, string> = {}): Response {
  const problem: Problem = { type: 'about:blank', title: 'Invalid request', status, code: 'invalid-request', detail };
  return c.body(JSON.stringify(problem), status, { ...headers, 'Content-Type': 'application/problem+json' });
}
