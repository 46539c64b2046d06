import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
// @ts-expect-error a build script without types
import { filesInUse } from '../../../.config/embed-build/files-in-use.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

export type Body = null | { json: unknown } | { text: string } | { base64: string };

/** One request and its answer, as they went over the wire: secrets, ids and times included, headers in lower case. */
export interface Exchange {
  /** What the request was made for. */
  about: string;
  request: { method: string; path: string; headers: Record<string, string>; body: Body };
  answer: { status: number; headers: Record<string, string>; body: Body };
}

/** What a release has promised: its embed files, and what it asked of the server of its time and was answered. */
export interface Release {
  name: string;
  /** Folder with `embed.js` and `c/`. */
  folder: string;
  /** Content of the desk file that the server had. */
  desks: unknown;
  /** In the order of the requests. */
  exchanges: Exchange[];
}

/** Where the files of a release lie. */
export const folderOf = (release: string): string => path.join(here, release);

/** Every release so far, oldest first. */
export function readReleases(): Release[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => {
      const kept = JSON.parse(readFileSync(path.join(folderOf(name), 'exchanges.json'), 'utf8')) as Omit<Release, 'name' | 'folder'>;
      return { name, folder: folderOf(name), ...kept };
    });
}

/** Names of the embed files of a build, by following them from the entry; `c/…` are the chunks. */
export const embedFiles: (folder: string) => string[] = filesInUse;

export function bodyOf(bytes: Buffer, contentType = ''): Body {
  if (bytes.length === 0) return null;
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return { base64: bytes.toString('base64') };
  return /\bjson\b/.test(contentType) ? { json: JSON.parse(text) as unknown } : { text };
}

export function bytesOf(body: Body): Buffer {
  if (body === null) return Buffer.alloc(0);
  if ('json' in body) return Buffer.from(JSON.stringify(body.json));
  return 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
}

/** The first recorded exchange of this kind, which must be there: one that succeeded, or the one with this problem code or status. */
export function findExchange({ name, exchanges }: Release, method: string, pathname: RegExp, outcome?: string | number): Exchange {
  const found = exchanges.find(({ request, answer }) => {
    if (request.method !== method || !pathname.test(request.path)) return false;
    return outcome === undefined ? answer.status < 300 : outcome === answer.status || outcome === codeIn(answer.body);
  });
  if (!found) throw new Error(`release ${name} has recorded no ${method} ${String(pathname)} with ${outcome ?? 'success'}`);
  return found;
}

/** The code of a problem. */
function codeIn(body: Body): unknown {
  return body && 'json' in body ? (body.json as { code?: unknown }).code : undefined;
}
