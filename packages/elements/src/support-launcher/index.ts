import '../support-form/index.js';
import { SupportLauncher } from './support-launcher.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-launcher')) customElements.define('support-launcher', SupportLauncher);

export { SupportLauncher };
export type { SupportErrorEvent } from '../events.js';
export type { SupportBeforeSendEvent, SupportTicketCreatedEvent } from '../support-form/sending-events.js';
