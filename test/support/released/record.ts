/**
 * Keeps what a release has promised, once, when it is made: `node test/support/released/record.ts <release>` after a build
 * copies its embed files beside this script and records a visit and everything else that a browser may ask of its server.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shopDesks } from '../desks.ts';
import { textFile } from '../form-page.ts';
import { httpRequest } from '../http-request.ts';
import { ShopRoom } from '../shop-room.ts';
import { proofFor } from '../solve-challenge.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';
import { bytesOf, embedFiles, folderOf, type Exchange } from './releases.ts';

const BUILT = fileURLToPath(new URL('../../../packages/embed/dist/embed/', import.meta.url));
/** Not part of what a shop's page runs. */
const LEFT_OUT = /^c\/(memory|misconfigured)/;
const ORIGIN = 'http://localhost:4321';
const DEMO = '/v1/desks/demo';

/** The desk of a shop, and one that takes a single ticket an hour and asks for no proof. */
function recordedDesks(): unknown[] {
  const [demo] = shopDesks() as [{ desk: object; defences: object }];
  const limited = {
    ...demo,
    desk: { ...demo.desk, id: 'limited' },
    defences: { ...demo.defences, proofOfWork: 0, ticketsPerAddressPerHour: 1 },
  };
  return [demo, limited];
}

async function visit(room: ShopRoom, recording: RecordingProxy): Promise<void> {
  recording.about('a visit with a file, the answer to whose bytes is lost');
  room.addForm('visit');
  room.proxy.setRules('visit', [{ match: 'PATCH /uploads', times: 1, fault: { kind: 'drop-answer' } }]);
  const form = await room.openForm('/visit');
  await form.fill({ subject: 'The lamp flickers', orderReference: 'ORD-1042' });
  await form.addFiles([textFile('steps.txt', '1. switch on\n2. wait\n')]);
  await form.send();
  await form.number();
  await form.page.close();
}

type Change = (request: Exchange['request']) => void;

/** What a visit without faults never asks, by plain HTTP. */
async function askTheRest(room: ShopRoom, recording: RecordingProxy): Promise<void> {
  const ask = async (about: string, method: string, address: string, headers: Record<string, string> = {}, body?: string) => {
    recording.about(about);
    return httpRequest(recording.port, address, {
      method,
      headers: { origin: ORIGIN, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  };
  const filed = recording.exchanges.find(({ request, answer }) => request.path === `${DEMO}/tickets` && answer.status === 201);
  if (!filed) throw new Error('the visit has filed no ticket');
  const again = (about: string, change: Change) => {
    const request = structuredClone(filed.request);
    change(request);
    return ask(about, 'POST', request.path, request.headers, bytesOf(request.body).toString());
  };
  const draftOf = ({ body }: Exchange['request']) => (body as { json: { draft: Record<string, unknown> } }).json.draft;
  const newKey: Change = ({ headers }) => (headers['idempotency-key'] = randomBytes(16).toString('hex'));

  await ask('a description of the whole', 'GET', '/openapi.json');
  await ask('a desk that is not there', 'GET', '/v1/desks/none');
  await ask('an address that is not there', 'GET', `${DEMO}/nothing`);
  await again('the ticket, sent again', () => undefined);
  await again('another ticket under the same key', (request) => (draftOf(request)['subject'] = 'The lamp is silent'));
  await again('a ticket whose proof is spent', (request) => {
    newKey(request);
    Object.assign(draftOf(request), { attachmentIds: [] });
  });
  await again('a ticket without a proof', (request) => {
    newKey(request);
    delete request.headers['support-proof'];
  });
  const proof = await proofFor(room.server.url, 'demo');
  await again('a ticket with bad fields', (request) => {
    newKey(request);
    request.headers['support-proof'] = String(proof);
    Object.assign(draftOf(request), { subject: ' ', requester: { name: 'Ada', email: 'ada@@example' } });
  });
  const { authorization = '' } = filed.request.headers;
  const { number } = (filed.answer.body as { json: { ticket: { number: string } } }).json.ticket;
  await ask('the ticket, read back', 'GET', `${DEMO}/tickets/${number}`, { authorization });
  const stranger = `Bearer ${randomBytes(32).toString('base64url')}`;
  await ask('the ticket, with the secret of another', 'GET', `${DEMO}/tickets/${number}`, { authorization: stranger });

  await ask('what uploads can do', 'OPTIONS', `${DEMO}/uploads`);
  const tus = { authorization: stranger, 'tus-resumable': '1.0.0' };
  const create = async (about: string, name: string, length: number) => {
    const metadata = `filename ${Buffer.from(name).toString('base64')}`;
    const headers = { ...tus, 'upload-length': String(length), 'upload-metadata': metadata };
    const { headers: answered } = await ask(about, 'POST', `${DEMO}/uploads`, headers);
    return `${DEMO}/${String(answered.location)}`;
  };
  const piece = (offset: number) => ({ ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) });
  const upload = await create('an upload', 'notes.txt', 12);
  await ask('bytes without a checksum', 'PATCH', upload, piece(0), 'first');
  await ask('how far it came', 'HEAD', upload, tus);
  await ask('bytes at a wrong offset', 'PATCH', upload, piece(0), 'first');
  await ask('bytes that are not what their checksum says', 'PATCH', upload, { ...piece(5), 'upload-checksum': 'sha256 AAAA' }, ' second');
  await ask('an upload of another', 'HEAD', upload, { ...tus, authorization });
  await ask('an upload taken back', 'DELETE', upload, tus);
  await ask('an upload that is gone', 'HEAD', upload, tus);
  const program = await create('a file of a type that is not taken', 'lamp.png', 20);
  await ask('its bytes', 'PATCH', program, piece(0), '\x7fELF\x02\x01\x01'.padEnd(20, '\0'));
  await create('a file that is too large', 'film.mp4', 50_000_001);

  await ask('a desk that asks for no proof', 'GET', '/v1/desks/limited/challenge');
  for (const about of ['the only ticket of the hour', 'one ticket more']) {
    await again(about, (request) => {
      newKey(request);
      request.path = '/v1/desks/limited/tickets';
      delete request.headers['support-proof'];
      Object.assign(draftOf(request), { attachmentIds: [] });
    });
  }
}

const release = process.argv[2] ?? '';
if (!/^[1-9]\d*$/.test(release)) {
  console.error('Which release? node test/support/released/record.ts <number>');
  process.exit(1);
}
const folder = folderOf(release);
if (existsSync(folder)) {
  console.error(`Release ${release} has been kept, and what it promised does not change. Its folder: ${folder}`);
  process.exit(1);
}
const desks = recordedDesks();
const room = await ShopRoom.open({ desks: () => desks });
const recording = await startRecordingProxy(room.server.url);
try {
  room.proxy.setTarget(recording.url);
  await visit(room, recording);
  await askTheRest(room, recording);
} finally {
  await room.close();
  await recording.close();
}
const { exchanges } = recording;
await mkdir(path.join(folder, 'c'), { recursive: true });
const files = embedFiles(BUILT).filter((name) => !LEFT_OUT.test(name));
for (const name of files) await copyFile(path.join(BUILT, name), path.join(folder, name));
await writeFile(path.join(folder, 'exchanges.json'), `${JSON.stringify({ desks, exchanges }, null, 1)}\n`);
console.log(`release ${release}: ${files.length} files, ${exchanges.length} exchanges`);
