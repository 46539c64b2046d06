import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from 'hono';
import type { AppEnv } from '../ports.js';
import { bestEncoding } from './encoded-text.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A file of a build, with its compressed neighbours. */
export interface BuiltFile {
  modified: number;
  etag: string;
  bytes: { plain: Bytes; br: Bytes | undefined; gzip: Bytes | undefined };
}

/** The files of a build: each is read when it is first asked for, and again when it has changed. */
export class BuiltFiles {
  readonly #folder: string;
  readonly #kept = new Map<string, BuiltFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param name below the folder; to be one that leads nowhere else. */
  async find(name: string): Promise<BuiltFile | undefined> {
    const file = path.join(this.#folder, name);
    const modified = await stat(file).then(
      (found) => found.mtimeMs,
      () => undefined,
    );
    if (modified === undefined) return undefined;
    const known = this.#kept.get(name);
    if (known?.modified === modified) return known;
    const [plain, br, gzip] = await Promise.all([bytesOf(file), bytesOf(`${file}.br`), bytesOf(`${file}.gz`)]);
    if (!plain) return undefined;
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 8)}"`;
    const loaded = { modified, etag, bytes: { plain, br, gzip } };
    this.#kept.set(name, loaded);
    return loaded;
  }
}

/** The bytes of a file: those of a compressed neighbour where the client takes them. */
export function answerBuilt(c: Context<AppEnv>, { bytes }: BuiltFile): Response {
  const encoding = bestEncoding(c.req.header('Accept-Encoding'));
  const packed = encoding && bytes[encoding];
  if (packed) c.header('Content-Encoding', encoding);
  return c.body(packed ?? bytes.plain);
}

async function bytesOf(file: string): Promise<Bytes | undefined> {
  return readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );
}
