import type { IncomingHttpHeaders } from 'node:http';

export interface FormBody {
  /** Texts by name; of several of one name the last one, as in PHP. */
  texts: Map<string, string>;
  files: Map<string, File>;
}

/** What PHP makes of a request body. Larger than `postMaxSize`, or of another type: nothing. */
export async function readFormBody(headers: IncomingHttpHeaders, body: Buffer<ArrayBuffer>, postMaxSize: number): Promise<FormBody> {
  const read: FormBody = { texts: new Map(), files: new Map() };
  const type = headers['content-type'] ?? '';
  if (body.length > postMaxSize || !/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)) return read;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form) {
    if (typeof value === 'string') read.texts.set(name, value);
    else read.files.set(name, value);
  }
  return read;
}
