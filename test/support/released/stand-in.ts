import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { bytesOf, findExchange, type Exchange, type Release } from './releases.ts';

const LIFE_S = 1_800;

export interface StandIn {
  readonly url: string;
  /** Bodies of the tickets that were filed. */
  readonly tickets: unknown[];
  /** Whole files, by upload id. */
  readonly files: Map<string, Buffer>;
  /** Requests that the recorded server would not have taken. */
  readonly refused: string[];
  close(): Promise<void>;
}

interface Upload {
  secret: string;
  length: number;
  bytes: Buffer;
}

type Answer = [exchange: Exchange, headers?: Record<string, string>, json?: unknown];

/**
 * Answers as the server of a release did, with recorded answers alone: only upload ids, offsets and the hour of a challenge are
 * today's. What that server's own description does not allow is refused as it was then, and so is what has never been recorded.
 */
export async function startStandIn(release: Release): Promise<StandIn> {
  const find = (method: string, pathname: RegExp, outcome?: string | number) => findExchange(release, method, pathname, outcome);
  const description = (find('GET', /^\/openapi\.json$/).answer.body as { json: OpenApi }).json;
  const ticketBody = schemaNamed('CreateTicket', description);
  const headerRules = description.paths['/v1/desks/{desk}/tickets'].post.parameters.filter((parameter) => parameter.in === 'header');
  const uploads = new Map<string, Upload>();
  const filed = new Map<string, string>();
  const standIn = { tickets: [] as unknown[], files: new Map<string, Buffer>(), refused: [] as string[] };

  function answerTo(request: http.IncomingMessage, body: Buffer): Answer {
    const { method = '', headers } = request;
    const pathname = (request.url ?? '').replace(/^\/v1\/desks\/demo(?=\/|$)/, '');
    if (pathname === request.url) return [find('GET', /\/desks\/none$/, 'desk-not-found')];
    const [, place = '', id] = /^\/(\w+)(?:\/([\w-]+))?$/.exec(pathname) ?? [];
    const preflight = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    switch (`${preflight ? 'PREFLIGHT' : method} ${place}${id === undefined ? '' : '/id'}`) {
      case 'GET ':
        return [find('GET', /\/desks\/demo$/)];
      case 'GET challenge':
        return challenge(find('GET', /\/demo\/challenge$/));
      case 'PREFLIGHT uploads':
        return [findPreflight(/\/uploads$/)];
      case 'PREFLIGHT uploads/id':
        return [findPreflight(/\/uploads\/.+$/)];
      case 'PREFLIGHT tickets':
        return [findPreflight(/\/tickets$/)];
      case 'POST uploads':
        return create(headers);
      case 'HEAD uploads/id':
      case 'PATCH uploads/id':
      case 'DELETE uploads/id':
        return touch(method, id ?? '', headers, body);
      case 'POST tickets':
        return file(headers, body.toString());
      default:
        standIn.refused.push(`${method} ${pathname}`);
        return [find('GET', /\/nothing$/, 'not-found')];
    }
  }

  function findPreflight(pathname: RegExp): Exchange {
    const found = release.exchanges.find(
      ({ request }) =>
        request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined && pathname.test(request.path),
    );
    if (!found) throw new Error(`no preflight of ${String(pathname)} was recorded`);
    return found;
  }

  function challenge(exchange: Exchange): Answer {
    const json = structuredClone((exchange.answer.body as { json: { challenge: { parameters: { expiresAt: number } } } }).json);
    json.challenge.parameters.expiresAt = Math.floor(Date.now() / 1000) + LIFE_S;
    return [exchange, {}, json];
  }

  function create(headers: http.IncomingHttpHeaders): Answer {
    const length = Number(headers['upload-length']);
    const pairs = String(headers['upload-metadata'] ?? '').split(',');
    if (
      headers['tus-resumable'] !== '1.0.0' ||
      !Number.isInteger(length) ||
      !pairs.every((pair) => /^[\w-]+ [A-Za-z0-9+/]*=*$/.test(pair))
    ) {
      throw new Error(`no creation by tus 1.0: ${JSON.stringify(headers)}`);
    }
    const id = randomBytes(32).toString('base64url');
    uploads.set(id, { secret: String(headers.authorization), length, bytes: Buffer.alloc(0) });
    return [
      find('POST', /\/demo\/uploads$/, 201),
      { location: `uploads/${id}`, 'upload-expires': new Date(Date.now() + 86_400_000).toUTCString() },
    ];
  }

  function touch(method: string, id: string, headers: http.IncomingHttpHeaders, body: Buffer): Answer {
    const upload = uploads.get(id);
    if (!upload || upload.secret !== headers.authorization) return [find('HEAD', /\/uploads\//, 404)];
    if (method === 'DELETE') {
      uploads.delete(id);
      return [find('DELETE', /\/uploads\//)];
    }
    const state = () => ({ 'upload-offset': String(upload.bytes.length), 'upload-length': String(upload.length) });
    if (method === 'HEAD') return [find('HEAD', /\/uploads\//), state()];
    if (Number(headers['upload-offset']) !== upload.bytes.length) return [find('PATCH', /\/uploads\//, 'conflict')];
    upload.bytes = Buffer.concat([upload.bytes, body]);
    if (upload.bytes.length === upload.length) standIn.files.set(id, upload.bytes);
    return [find('PATCH', /\/uploads\//), { 'upload-offset': String(upload.bytes.length) }];
  }

  function file(headers: http.IncomingHttpHeaders, text: string): Answer {
    const unlike = headerRules.filter(({ name, required, schema }) => {
      const value = headers[name.toLowerCase()];
      return value === undefined ? required : !new RegExp(schema.pattern ?? '').test(String(value));
    });
    const json = JSON.parse(text) as { draft?: { attachmentIds?: string[] } };
    const { error } = ticketBody.safeParse(json);
    const whole = json.draft?.attachmentIds?.every((id) => standIn.files.has(id)) === true;
    if (unlike.length || error || !whole || !/^Bearer [\w-]{43}$/.test(String(headers.authorization))) {
      standIn.refused.push(`ticket ${JSON.stringify(unlike)} ${text} ${String(error?.message)}`);
      return [find('POST', /\/demo\/tickets$/, 'invalid-fields')];
    }
    const key = `${headers.authorization} ${String(headers['idempotency-key'])}`;
    if (filed.has(key) && filed.get(key) !== text) return [find('POST', /\/demo\/tickets$/, 'idempotency-mismatch')];
    if (!filed.has(key) && !solves(String(headers['support-proof']))) {
      standIn.refused.push(`proof ${String(headers['support-proof'])}`);
      return [find('POST', /\/demo\/tickets$/, 'proof-rejected')];
    }
    if (!filed.has(key)) standIn.tickets.push(json);
    filed.set(key, text);
    return [find('POST', /\/demo\/tickets$/, 201)];
  }

  const server = http.createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const [{ answer }, changed = {}, json] = answerTo(request, Buffer.concat(parts));
      const headers: Record<string, string> = { ...answer.headers, ...changed };
      if (headers['access-control-allow-origin']) headers['access-control-allow-origin'] = String(request.headers.origin);
      response.writeHead(answer.status, headers).end(json === undefined ? bytesOf(answer.body) : JSON.stringify(json));
    })().catch((error: unknown) => {
      standIn.refused.push(String(error));
      request.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...standIn,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** True for the solution of a challenge, as far as can be told without the key of the server that made it. */
function solves(proof: string): boolean {
  const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString()) as {
    challenge: { parameters: { keyPrefix: string }; signature: string };
    solution: { derivedKey: string };
  };
  return challenge.signature.length > 0 && solution.derivedKey.startsWith(challenge.parameters.keyPrefix);
}

function schemaNamed(name: string, { components: { schemas } }: OpenApi): z.ZodType {
  const text = JSON.stringify({ ...schemas[name], $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
}

interface OpenApi {
  paths: {
    '/v1/desks/{desk}/tickets': { post: { parameters: { name: string; in: string; required?: boolean; schema: { pattern?: string } }[] } };
  };
  components: { schemas: Record<string, object> };
}
