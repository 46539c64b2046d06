import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { Readable } from 'node:stream';
import { SupportError } from '@storefront-support/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import type { CaughtMail, MailCatcher } from '../mail/mail-catcher.js';
import type { AppEnv } from '../ports.js';
import { DEV_MAIL_STYLES, mailListPage, mailPage } from './dev-mail-pages.js';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DEV_MAIL_STYLES).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers by which proxies and tunnels give themselves away. */
const FORWARDED = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-.*|cdn-loop)$/;

/**
 * Shows caught mails at `/dev/mail`. Only to this machine, asked for by its own name, without a proxy in between: everybody
 * else finds nothing here.
 */
export function devMailRoutes(catcher: MailCatcher): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail/*']) routes.use(path, localOnly);
  routes.get('/dev/mail', async (c) => c.html(mailListPage(await catcher.list()), 200, { 'Content-Security-Policy': POLICY }));
  routes.get('/dev/mail.json', async (c) => c.json((await catcher.list()).map(publicMail)));
  routes.get('/dev/mail/:id{[0-9a-f]+\\.eml}', async (c) => {
    const raw = await catcher.raw(c.req.param('id').slice(0, -4));
    if (!raw) throw unknownMail();
    // as text, so that no browser runs what somebody has written
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': "default-src 'none'; sandbox" };
    return c.body(Readable.toWeb(raw) as ReadableStream, 200, headers);
  });
  routes.get('/dev/mail/:id', async (c) => {
    const mail = await catcher.find(c.req.param('id'));
    if (!mail) throw unknownMail();
    return c.html(mailPage(mail), 200, { 'Content-Security-Policy': POLICY });
  });
  return routes;
}

const localOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { socket, headers, httpVersion } = c.env.incoming;
  // a proxy with nothing but a target set speaks HTTP/1.0 and adds no header at all
  const forwarded = httpVersion !== '1.1' || Object.keys(headers).some((name) => FORWARDED.test(name));
  if (forwarded || !isLoopback(socket.remoteAddress)) throw new SupportError('not-found', 'Nothing here.');
  const { localPort } = socket;
  const hosts = ['localhost', '127.0.0.1', '[::1]'].flatMap((name) => (localPort === 80 ? [name, `${name}:80`] : [`${name}:${localPort}`]));
  if (!hosts.includes(c.req.header('Host')?.toLowerCase() ?? '')) throw new SupportError('wrong-host', 'Open this page as localhost.');
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
  c.res.headers.set('X-Content-Type-Options', 'nosniff');
  c.res.headers.set('Referrer-Policy', 'no-referrer');
  c.res.headers.set('Cross-Origin-Resource-Policy', 'same-origin');
};

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

function unknownMail(): SupportError {
  return new SupportError('not-found', 'No mail of this id has been caught.');
}

function publicMail({ id, kind, envelope, headers, text, attachments, receivedAt }: CaughtMail) {
  const { subject, messageId, autoSubmitted, inReplyTo, replyTo, from, to } = headers;
  return { id, kind, envelope, subject, from, to, replyTo, messageId, autoSubmitted, inReplyTo, text, attachments, receivedAt };
}
