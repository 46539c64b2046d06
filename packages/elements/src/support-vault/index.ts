import { SupportVault } from './support-vault.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-vault')) customElements.define('support-vault', SupportVault);

export { SupportVault };
export type { SupportErrorEvent } from '../events.js';
export type { SupportAccessSentEvent } from './access-sent-event.js';
