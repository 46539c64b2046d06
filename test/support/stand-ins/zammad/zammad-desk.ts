// Written line by line from the documented contract of Zammad's form channel; not compared with a running Zammad.
import { randomBytes } from 'node:crypto';
import { Undocumented, refuseOthers, startShopHost } from '../shop-host.ts';
import type { HostAnswer, HostRequest, ShopHost } from '../shop-host.ts';

/** How the help desk is set up; tests may change it while it runs. */
export interface ZammadSettings {
  /** `form_ticket_create` */
  formOn: boolean;
  /** `form_ticket_create_by_ip_per_hour` */
  perHour: number;
  /** Mail domains without an MX record. */
  withoutMail: string[];
}

/** A ticket as the help desk holds it. */
export interface ZammadTicket {
  id: number;
  number: string;
  name: string;
  email: string;
  title: string;
  body: string;
  files: { name: string; type: string; bytes: Uint8Array }[];
}

export interface ZammadDesk {
  readonly host: ShopHost;
  readonly url: string;
  readonly settings: ZammadSettings;
  readonly tickets: ZammadTicket[];
  /** Lets this much time go by, in milliseconds. */
  advance(ms: number): void;
}

const TOKEN_LIFE_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const FINGERPRINT_LONGER_THAN = 30;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, PUT, DELETE, PATCH, OPTIONS',
  'access-control-allow-headers':
    'Content-Type, Depth, User-Agent, X-File-Size, X-Requested-With, If-Modified-Since, X-File-Name, Cache-Control, Accept-Language',
  'access-control-max-age': '1728000',
};

/** Starts the form channel of a help desk on a free port of the loopback. */
export async function startZammad(): Promise<ZammadDesk> {
  const settings: ZammadSettings = { formOn: true, perHour: 1_000, withoutMail: [] };
  const tickets: ZammadTicket[] = [];
  const tokens = new Map<string, { fingerprint: string; at: number }>();
  let now = Date.now();
  let filedAt: number[] = [];

  const json = (status: number, value: object): HostAnswer => ({
    status,
    headers: { ...CORS, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  });

  const host = await startShopHost(async (request) => {
    const { pathname } = request.url;
    if (pathname !== '/api/v1/form_config' && pathname !== '/api/v1/form_submit') return undefined;
    if (request.method === 'OPTIONS') return { status: 200, headers: { ...CORS, 'content-type': 'text/plain' } };
    if (request.method !== 'POST') throw new Undocumented(`${request.method} ${pathname} is not documented`);
    refuseOthers(request.cookies.keys(), [], pathname);
    if (request.headers['authorization']) throw new Undocumented('Authorization is not documented');
    if (!settings.formOn) return json(403, { error: 'Not authorized' });
    return pathname === '/api/v1/form_config' ? configure(request) : submit(request);
  }, '127.0.0.1');

  async function configure(request: HostRequest): Promise<HostAnswer> {
    const form = await request.form();
    refuseOthers(form.keys(), ['fingerprint'], 'form_config');
    const fingerprint = textOf(form, 'fingerprint');
    if (fingerprint.length <= FINGERPRINT_LONGER_THAN) return json(403, { error: 'Not authorized' });
    const token = randomBytes(96).toString('base64');
    tokens.set(token, { fingerprint, at: now });
    return json(200, { enabled: true, endpoint: `${host.url}/api/v1/form_submit`, token });
  }

  async function submit(request: HostRequest): Promise<HostAnswer> {
    const form = await request.form();
    refuseOthers(form.keys(), ['fingerprint', 'token', 'name', 'email', 'title', 'body', 'file[]'], 'form_submit');
    const [fingerprint, token] = [textOf(form, 'fingerprint'), textOf(form, 'token')];
    if (fingerprint.length <= FINGERPRINT_LONGER_THAN || !token) return json(403, { error: 'Not authorized' });
    filedAt = filedAt.filter((at) => at > now - HOUR_MS);
    if (filedAt.length >= settings.perHour)
      return { status: 429, headers: { ...CORS, 'content-type': 'text/plain' }, body: 'Retry later\n' };
    const known = tokens.get(token);
    if (known?.fingerprint !== fingerprint || known.at < now - TOKEN_LIFE_MS) return json(401, { error: 'Not authorized' });
    const errors: Record<string, string> = {};
    for (const field of ['name', 'title', 'body', 'email']) if (!textOf(form, field).trim()) errors[field] = 'required';
    const email = textOf(form, 'email').trim().toLowerCase();
    if (
      !errors['email'] &&
      (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) || settings.withoutMail.some((domain) => email.endsWith(`@${domain}`)))
    )
      errors['email'] = 'invalid';
    if (Object.keys(errors).length > 0) return json(200, { errors });
    filedAt.push(now);
    const id = tickets.length + 2;
    const ticket = { id, number: `${31_000 + id}`, name: textOf(form, 'name').trim(), email, title: textOf(form, 'title') };
    const files = [];
    for (const file of form.getAll('file[]') as unknown as File[])
      files.push({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
    tickets.push({ ...ticket, body: textOf(form, 'body'), files });
    return json(200, { ticket: { id: ticket.id, number: ticket.number } });
  }

  return { host, url: host.url, settings, tickets, advance: (ms) => void (now += ms) };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
