import { randomBytes } from 'node:crypto';

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

/** Posts a form as a browser's page does. */
export function postForm(
  url: string,
  fields: FormFields,
  files: readonly FormFile[] = [],
  { desk = 'open', headers = {} }: { desk?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { type, body } = multipart(fields, files);
  return fetch(`${url}/v1/desks/${desk}/tickets/form`, {
    method: 'POST',
    headers: { 'Content-Type': type, ...headers },
    body: new Uint8Array(body),
  });
}
