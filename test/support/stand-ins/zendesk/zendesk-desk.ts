// Written line by line from the documented contract of Zendesk's Requests API; not compared with a running Zendesk.
import { randomBytes } from 'node:crypto';
import { Undocumented, refuseOthers, startShopHost } from '../shop-host.ts';
import type { HostAnswer, HostRequest, ShopHost } from '../shop-host.ts';

/** How the account is set up; tests may change it while it runs. */
export interface ZendeskSettings {
  /** "Anyone can submit tickets", and nobody is asked to register. */
  anybody: boolean;
  /** Anonymous requests in an hour: 5 on trial accounts. */
  perHour: number;
  /** Endings of file names that are refused. */
  refusedEndings: string[];
}

/** A request as the account holds it. */
export interface ZendeskRequest {
  id: number;
  requester: { name: string; email: string };
  subject: string;
  body: string;
  form: number | undefined;
  files: { name: string; type: string; bytes: Uint8Array }[];
}

export interface ZendeskDesk {
  readonly host: ShopHost;
  readonly url: string;
  readonly settings: ZendeskSettings;
  readonly requests: ZendeskRequest[];
  /** Files that were sent, taken or not. */
  readonly uploads: { name: string; type: string; bytes: Uint8Array }[];
  /** Lets this much time go by, in milliseconds. */
  advance(ms: number): void;
}

interface Upload {
  name: string;
  type: string;
  bytes: Uint8Array;
  at: number;
}

const UPLOAD_LIFE_MS = 60 * 60_000;
const HOUR_MS = 3_600_000;
const CORS = { 'access-control-allow-origin': '*' };
const PREFLIGHT = { ...CORS, 'access-control-allow-methods': 'POST, OPTIONS', 'access-control-allow-headers': 'Content-Type' };

/** Starts an account on a free port of the loopback. */
export async function startZendesk(): Promise<ZendeskDesk> {
  const settings: ZendeskSettings = { anybody: true, perHour: 1_000, refusedEndings: [] };
  const requests: ZendeskRequest[] = [];
  const uploads: Upload[] = [];
  const byToken = new Map<string, Upload>();
  let now = Date.now();
  let filedAt: number[] = [];

  const json = (status: number, value: object, headers: Record<string, string> = {}): HostAnswer => ({
    status,
    headers: { ...CORS, ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  });

  const host = await startShopHost((request) => {
    const { pathname } = request.url;
    const take = { '/api/v2/requests.json': create, '/api/v2/uploads.json': upload }[pathname];
    if (!take) return undefined;
    if (request.method === 'OPTIONS') return { status: 200, headers: PREFLIGHT };
    if (request.method !== 'POST') throw new Undocumented(`${request.method} ${pathname} needs a signed-in person`);
    refuseOthers(request.cookies.keys(), [], pathname);
    if (request.headers['authorization']) throw new Undocumented('an anonymous request has no Authorization');
    return settings.anybody ? take(request) : json(401, { error: "Couldn't authenticate you" });
  }, '127.0.0.1');

  function upload({ url, headers, body }: HostRequest): HostAnswer {
    refuseOthers(url.searchParams.keys(), ['filename'], 'uploads.json');
    const [name, type] = [url.searchParams.get('filename'), headers['content-type']];
    if (!name || !type) throw new Undocumented('a file has a name and a type');
    if (settings.refusedEndings.some((ending) => name.endsWith(ending)))
      return json(422, { error: 'AttachmentUnprocessable', description: 'File type is not permitted' });
    const token = randomBytes(12).toString('hex');
    const file = { name, type, bytes: new Uint8Array(body), at: now };
    uploads.push(file);
    byToken.set(token, file);
    return json(201, { upload: { token } });
  }

  function create({ headers, body }: HostRequest): HostAnswer {
    if (!headers['content-type']?.startsWith('application/json')) throw new Undocumented('a request is JSON');
    const sent = JSON.parse(body.toString()) as { request: Record<string, unknown> };
    refuseOthers(Object.keys(sent), ['request'], 'requests.json');
    const { requester, subject, comment, ticket_form_id } = sent.request as {
      requester?: { name?: string; email?: string };
      subject?: string;
      comment?: { body?: string; uploads?: string[] };
      ticket_form_id?: number;
    };
    refuseOthers(Object.keys(sent.request), ['requester', 'subject', 'comment', 'custom_fields', 'ticket_form_id'], 'request');
    refuseOthers(Object.keys(requester ?? {}), ['name', 'email'], 'requester');
    refuseOthers(Object.keys(comment ?? {}), ['body', 'uploads'], 'comment');
    filedAt = filedAt.filter((at) => at > now - HOUR_MS);
    if (filedAt.length >= settings.perHour) return json(429, { error: 'TooManyRequests' }, { 'retry-after': '3600' });
    const files = (comment?.uploads ?? []).map((token) => [token, byToken.get(token)] as const);
    const lacking = !requester?.name || !requester.email || !comment?.body;
    if (lacking || files.some(([, file]) => !file || file.at < now - UPLOAD_LIFE_MS))
      return json(422, { error: 'RecordInvalid', description: 'Record validation errors' });
    for (const [token] of files) byToken.delete(token);
    filedAt.push(now);
    const id = 35_400 + requests.length;
    const { name = '', email = '' } = requester;
    const taken = files.flatMap(([, file]) => (file ? [{ name: file.name, type: file.type, bytes: file.bytes }] : []));
    requests.push({ id, requester: { name, email }, subject: subject ?? '', body: comment.body ?? '', form: ticket_form_id, files: taken });
    return json(201, { request: { id, status: 'new', subject: subject ?? '' } });
  }

  return { host, url: host.url, settings, requests, uploads, advance: (ms) => void (now += ms) };
}
