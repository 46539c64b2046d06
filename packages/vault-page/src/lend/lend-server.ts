import type { AccessMeta, AccessRecord, VaultRequest } from '@storefront-support/contract';
import { ask, jsonOf, type ApiRequest } from '../base/api-request.js';
import type { PublishedManifest } from '../base/trust.js';

/** A sealed record on its way: sent again it is the same one. */
export interface SealedRecord {
  /** 128 random bits as base64url. */
  id: string;
  meta: AccessMeta;
  body: Uint8Array<ArrayBuffer>;
}

/** What a customer's vault page asks of its server. Everything rejects with a `SupportError`. */
export interface LendServer {
  manifest(): Promise<PublishedManifest>;
  request(pass: string): Promise<VaultRequest>;
  send(pass: string, record: SealedRecord): Promise<AccessRecord>;
  /** Ends a record now. */
  revoke(pass: string, recordId: string): Promise<AccessRecord>;
  decline(pass: string): Promise<void>;
}

/** The server of this page's own origin. @param desk id of the desk */
export function lendServer(desk: string): LendServer {
  const base = `/v1/desks/${encodeURIComponent(desk)}/vault`;
  const call = (pass: string, path: string, request: ApiRequest = {}) =>
    ask(base + path, { ...request, headers: { ...request.headers, Authorization: `Bearer ${pass}` } });
  const recordIn = async (answer: Promise<Response>) => (await jsonOf<{ record: AccessRecord }>(await answer)).record;
  return {
    async manifest() {
      const [file, signature] = await Promise.all([ask(`${base}/manifest.json`), ask(`${base}/manifest.json.sig`)]);
      return { file: new Uint8Array(await file.arrayBuffer()), signature: await signature.text() };
    },
    request: async (pass) => jsonOf<VaultRequest>(await call(pass, '/request')),
    send: (pass, { id, meta, body }) =>
      recordIn(call(pass, `/records/${id}`, { method: 'PUT', headers: { 'Vault-Meta': JSON.stringify(meta) }, body })),
    revoke: (pass, id) => recordIn(call(pass, `/records/${id}`, { method: 'DELETE' })),
    decline: async (pass) => void (await call(pass, '/request/decline', { method: 'POST', body: {} })),
  };
}
