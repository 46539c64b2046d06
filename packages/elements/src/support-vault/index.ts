import { SupportVault } from './support-vault.js';

if (!customElements.get('support-vault')) customElements.define('support-vault', SupportVault);

export { SupportVault };
export type { SupportAccessSentEvent, SupportErrorEvent } from '../events.js';
