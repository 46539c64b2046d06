import { VaultLend } from './vault-lend.js';

if (!customElements.get('vault-lend')) customElements.define('vault-lend', VaultLend);

export { VaultLend };
export type { LendServer, SealedRecord } from './lend-server.js';
export type { PublishedManifest } from '../base/trust.js';
