import { createHash } from 'node:crypto';
import type http from 'node:http';
import { HttpAdapter } from '@storefront-support/adapters/http';
import type { UploadOptions } from '@storefront-support/contract';
import { problem, startScripted, type Received } from './scripted-server.ts';

export const CHUNK = 327_680;
export const ID = 'u'.repeat(43);
export const secret = 's'.repeat(43);
export const file = new File(['abcdefgh'.repeat(150_000)], 'ünï 📎.txt', { type: 'text/plain' });

/** Answers one request instead of the server: true when it has. */
export type Meddle = (request: Received & { nth: number }, response: http.ServerResponse) => boolean;

/** A tus server of a few lines, and an adapter for it. */
export async function startTus(meddle: Meddle = () => false) {
  let stored = '';
  let length = -1;
  const counts = new Map<string, number>();
  const server = await startScripted((request, response) => {
    const { method, headers, body } = request;
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    if (meddle({ ...request, nth }, response)) return;
    if (method === 'POST') {
      length = Number(headers['upload-length']);
      stored = '';
      return void response.writeHead(201, { Location: `uploads/${ID}` }).end();
    }
    if (length < 0) return void response.writeHead(404).end();
    if (method === 'HEAD') return void response.writeHead(200, { 'Upload-Offset': stored.length, 'Upload-Length': length }).end();
    if (method === 'DELETE') {
      length = -1;
      return void response.writeHead(204).end();
    }
    if (Number(headers['upload-offset']) !== stored.length) return void response.writeHead(409).end(problem(409, 'conflict'));
    const checksum = headers['upload-checksum'];
    if (checksum && checksum !== `sha256 ${createHash('sha256').update(body).digest('base64')}`) {
      return void response.writeHead(460).end(problem(460, 'checksum-mismatch'));
    }
    stored += body;
    response.writeHead(204, { 'Upload-Offset': stored.length }).end();
  });
  const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo', timeout: 2_000 });
  const upload = (options: Partial<UploadOptions> = {}) => adapter.attachments.upload(file, { secret, ...options });
  const asked = (method: string) => counts.get(method) ?? 0;
  return { ...server, adapter, upload, asked, stored: () => stored };
}
