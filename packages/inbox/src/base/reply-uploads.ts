import {
  isSupportErrorCode,
  isSupportError,
  SupportError,
  type Attachment,
  type AttachmentPort,
  type Problem,
  type UploadOptions,
} from '@storefront-support/contract';

const CHUNK_BYTES = 512 * 1024;
const TUS = '1.0.0';

/** Files of answers by tus 1.0, to the uploads of one desk on this origin. */
export class ReplyUploads implements AttachmentPort {
  readonly #uploads: string;

  constructor(desk: string) {
    this.#uploads = `/v1/desks/${encodeURIComponent(desk)}/uploads`;
  }

  async upload(file: File, { secret, contactId, resume, signal, onResume, onProgress }: UploadOptions): Promise<Attachment> {
    let offset = resume ? await this.#offset(resume, secret, signal) : undefined;
    const id = resume !== undefined && offset !== undefined ? resume : await this.#create(file, secret, contactId, signal);
    offset ??= 0;
    onResume?.(id);
    onProgress?.(offset);
    while (offset < file.size) {
      const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) };
      const answer = await this.#send('PATCH', id, secret, signal, headers, file.slice(offset, offset + CHUNK_BYTES));
      const reached = Number(answer.headers.get('Upload-Offset'));
      if (!(reached > offset)) throw new SupportError('not-a-receipt', 'The server did not say how much has arrived.');
      offset = reached;
      onProgress?.(offset);
    }
    return { id, name: file.name, size: file.size, type: file.type, sha256: null };
  }

  /** Files of an answer are held by the page alone, so that a resumed one is always the same file. */
  matches(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async remove(resume: string, { secret, signal }: { secret: string; signal?: AbortSignal | undefined }): Promise<void> {
    await this.#send('DELETE', resume, secret, signal).catch((error: unknown) => {
      if (!isSupportError(error) || !['gone', 'not-found'].includes(error.code)) throw error;
    });
  }

  async #create(file: File, secret: string, contactId: string | undefined, signal: AbortSignal | undefined): Promise<string> {
    const metadata = [`filename ${base64(file.name)}`];
    if (file.type) metadata.push(`type ${base64(file.type)}`);
    if (contactId) metadata.push(`contact ${base64(contactId)}`);
    const headers = { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata.join(',') };
    const answer = await this.#send('POST', '', secret, signal, headers);
    const id = /([\w-]{22,64})$/.exec(answer.headers.get('Location') ?? '')?.[1];
    if (id === undefined) throw new SupportError('not-a-receipt', 'The server did not say where the file goes.');
    return id;
  }

  /** Undefined: the server does not know it any more. */
  async #offset(id: string, secret: string, signal: AbortSignal | undefined): Promise<number | undefined> {
    try {
      return Number((await this.#send('HEAD', id, secret, signal)).headers.get('Upload-Offset'));
    } catch (error) {
      if (isSupportError(error) && ['gone', 'not-found', 'internal'].includes(error.code)) return undefined;
      throw error;
    }
  }

  async #send(
    method: string,
    id: string,
    secret: string,
    signal: AbortSignal | undefined,
    headers: Record<string, string> = {},
    body: Blob | null = null,
  ): Promise<Response> {
    const address = id ? `${this.#uploads}/${encodeURIComponent(id)}` : this.#uploads;
    let answer: Response;
    try {
      answer = await fetch(address, {
        method,
        body,
        credentials: 'same-origin',
        headers: { 'Tus-Resumable': TUS, Authorization: `Bearer ${secret}`, ...headers },
        signal: signal ?? null,
      });
    } catch (cause) {
      if (signal?.aborted) throw new SupportError('aborted', 'Not wanted any more.', { cause });
      throw new SupportError(navigator.onLine ? 'network' : 'offline', 'No answer.', { cause });
    }
    if (answer.ok) return answer;
    const { code, detail = '' } = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    throw new SupportError(isSupportErrorCode(code) ? code : 'internal', detail);
  }
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
