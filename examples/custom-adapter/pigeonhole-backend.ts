import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A letter as somebody writes it. */
export interface Letter {
  hole: string;
  name: string;
  mail: string;
  title: string;
  text: string;
  order: string | null;
  presale: boolean;
}

/** A letter as the backend holds it. */
export interface StoredLetter extends Letter {
  code: string;
  /** ISO 8601 instant in UTC. */
  at: string;
  files: { id: string; name: string; type: string; size: number; sha256: string }[];
}

export interface Pigeonhole {
  url: string;
  letters: ReadonlyMap<string, StoredLetter>;
  close(): Promise<void>;
}

const HOLES = [
  { id: 'orders', name: 'Orders and returns' },
  { id: 'advice', name: 'Advice before buying' },
];
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PUT',
  'access-control-allow-headers': 'x-key',
};

/**
 * An invented backend that knows nothing of any counter: `GET /holes`, `PUT /letters/{key}` (multipart: `letter` as JSON, then `file`s)
 * and `GET /letters/{code}`. Whoever sends `X-Key` with a letter reads it back with the same; the same key and letter again are the
 * same letter. In memory: a restart forgets everything.
 */
export async function startPigeonhole(port = 0): Promise<Pigeonhole> {
  const letters = new Map<string, StoredLetter>();
  /** Code of a letter by what it was sent with. */
  const sent = new Map<string, { code: string; content: string }>();
  const owners = new Map<string, string>();

  const server = http.createServer((request, response) => {
    answer(request).then(
      ([status, body]) => response.writeHead(status, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.writeHead(500, CORS).end(),
    );
  });

  async function answer(request: http.IncomingMessage): Promise<[status: number, body: unknown]> {
    const { method, url = '/', headers } = request;
    const owner = sha256(String(headers['x-key']));
    const name = /^\/letters\/([\w-]+)$/.exec(url)?.[1] ?? '';
    if (method === 'OPTIONS') return [200, {}];
    if (method === 'GET' && url === '/holes') return [200, { holes: HOLES }];
    if (method === 'GET' && name) return owners.get(name) === owner ? [200, letters.get(name)] : [404, {}];
    if (method !== 'PUT' || !name) return [404, {}];
    const form = await new Response(await buffer(request), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
    const letter = JSON.parse(String(form.get('letter'))) as Letter;
    const wrong = (['name', 'mail', 'title', 'text'] as const).filter((field) => !letter[field]?.trim());
    if (wrong.length > 0) return [422, { wrong }];
    return put(`${owner} ${name}`, owner, letter, await Promise.all((form.getAll('file') as File[]).map(stored)));
  }

  function put(key: string, owner: string, letter: Letter, files: StoredLetter['files']): [status: number, body: unknown] {
    const content = sha256(JSON.stringify([letter, files.map((file) => file.sha256)]));
    const before = sent.get(key);
    if (before) return before.content === content ? [200, letters.get(before.code)] : [409, {}];
    const kept: StoredLetter = { ...letter, code: newCode(), at: new Date().toISOString(), files };
    letters.set(kept.code, kept);
    owners.set(kept.code, owner);
    sent.set(key, { code: kept.code, content });
    return [201, kept];
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function stored(file: File): Promise<StoredLetter['files'][number]> {
  const bytes = Buffer.from(await file.arrayBuffer());
  return { id: randomBytes(16).toString('hex'), name: file.name, type: file.type, size: file.size, sha256: sha256(bytes) };
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** For example `7FQ2-K9XM`: a person quotes it, nobody counts it. */
function newCode(): string {
  const characters = Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}
