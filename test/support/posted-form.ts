import { randomBytes } from 'node:crypto';
import { httpRequest, type HttpAnswer } from './http-request.ts';

/** Fields of a form as a page posts them; an array is a field that comes several times. */
export type FormFields = Record<string, string | readonly string[] | undefined>;

/** A file of a posted form. */
export interface FormFile {
  /** As it stands in the header, escaped by nobody. */
  name: string;
  bytes: Uint8Array;
  type?: string;
  /** Of the field; `files` otherwise. */
  field?: string;
}

/** What every test desk takes. */
export function formFields(changes: FormFields = {}): FormFields {
  return {
    contactId: 'service',
    'requester.name': 'Ann Example',
    'requester.email': `${randomBytes(6).toString('hex')}@customer.example`,
    orderReference: 'A-1',
    subject: 'Where is my lamp?',
    message: 'It was due on Monday.\r\nIt is a birthday present.',
    locale: 'en',
    website: '',
    ...changes,
  };
}

/** The body of a `multipart/form-data` request, made by hand: with names and bytes that no browser would send, too. */
export function multipart(fields: FormFields, files: readonly FormFile[] = []): { type: string; body: Buffer } {
  const boundary = `----form${randomBytes(8).toString('hex')}`;
  const parts: (string | Uint8Array)[] = [];
  for (const [name, values] of Object.entries(fields))
    for (const value of values === undefined ? [] : typeof values === 'string' ? [values] : values)
      parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  for (const { name, bytes, type = 'application/octet-stream', field = 'files' } of files)
    parts.push(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      bytes,
      '\r\n',
    );
  parts.push(`--${boundary}--\r\n`);
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts.map((part) => Buffer.from(part))) };
}

/** Posts a form as somebody's page does; `fetch` would say that a script did. @param url of the server */
export function postForm(url: string, fields: FormFields, files: readonly FormFile[] = []): Promise<HttpAnswer> {
  const { type, body } = multipart(fields, files);
  const { port } = new URL(url);
  return httpRequest(Number(port), '/v1/desks/open/tickets/form', {
    method: 'POST',
    headers: { 'content-type': type, 'content-length': String(body.length) },
    body,
  });
}
