import '../support-form/index.js';
import { SupportLauncher } from './support-launcher.js';

if (!customElements.get('support-launcher')) customElements.define('support-launcher', SupportLauncher);

export { SupportLauncher };
export type { SupportErrorEvent } from '../events.js';
export type { SupportBeforeSendEvent, SupportTicketCreatedEvent } from '../support-form/sending-events.js';
