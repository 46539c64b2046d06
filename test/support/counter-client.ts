import { createHash, randomBytes } from 'node:crypto';

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
export const digest = (bytes: Uint8Array, algorithm = 'sha256'): string => createHash(algorithm).update(bytes).digest('base64');

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed where the answer is JSON. */
  json: { code?: string; detail?: string; fields?: Record<string, { code: string; limit?: number }>; [member: string]: unknown };
}

/** Speaks to one desk over plain HTTP, without any of our browser code. */
export class CounterClient {
  readonly uploads: string;
  readonly tickets: string;
  secret: string;

  constructor(serverUrl: string, desk: string, secret = newSecret()) {
    this.uploads = `${serverUrl}/v1/desks/${desk}/uploads`;
    this.tickets = `${serverUrl}/v1/desks/${desk}/tickets`;
    this.secret = secret;
  }

  /** `headers` replace those of a well-formed request; undefined leaves one out. */
  async send(method: string, url: string, headers: Record<string, string | undefined> = {}, body?: Uint8Array): Promise<Answer> {
    const all: Record<string, string | undefined> = { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${this.secret}`, ...headers };
    const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const response = await fetch(url, { method, headers: sent, body: (body ?? null) as BodyInit | null });
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Answer['json']) : {} };
  }

  create(size: number, metadata: Record<string, string> = {}, headers: Record<string, string | undefined> = {}): Promise<Answer> {
    const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${base64(value)}`);
    return this.send('POST', this.uploads, {
      'Upload-Length': String(size),
      ...(pairs.length > 0 ? { 'Upload-Metadata': pairs.join(',') } : {}),
      ...headers,
    });
  }

  patch(url: string, offset: number, bytes: Uint8Array, headers: Record<string, string | undefined> = {}): Promise<Answer> {
    return this.send(
      'PATCH',
      url,
      { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset), ...headers },
      bytes,
    );
  }

  async offset(url: string): Promise<number> {
    return Number((await this.send('HEAD', url)).headers.get('upload-offset'));
  }

  at(created: Answer): string {
    return new URL(created.headers.get('location') ?? '', this.uploads).href;
  }

  /** Creates and sends in one go. */
  async upload(
    name: string,
    bytes: Uint8Array,
    metadata: Record<string, string> = {},
  ): Promise<{ url: string; id: string; answer: Answer }> {
    const created = await this.create(bytes.length, { filename: name, ...metadata });
    if (created.status !== 201) throw new Error(`upload refused: ${created.status} ${created.text}`);
    const url = this.at(created);
    const answer = bytes.length === 0 ? created : await this.patch(url, 0, bytes);
    return { url, id: url.split('/').at(-1) ?? '', answer };
  }

  ticket(draft: Record<string, unknown>, key = randomBytes(16).toString('hex')): Promise<Answer> {
    const whole = {
      contactId: 'service',
      kind: 'support',
      requester: { name: 'Ada', email: 'ada@example.com' },
      subject: 'Lamp',
      message: 'It does not glow.',
      attachmentIds: [],
      locale: 'en',
      ...draft,
    };
    const headers = { 'Tus-Resumable': undefined, 'Content-Type': 'application/json', 'Idempotency-Key': key };
    return this.send('POST', this.tickets, headers, Buffer.from(JSON.stringify({ draft: whole })));
  }
}
