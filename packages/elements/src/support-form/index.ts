import '../support-field/index.js';
import { SupportForm } from './support-form.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-form')) customElements.define('support-form', SupportForm);

export { SupportForm };
export type { SupportErrorEvent } from '../events.js';
export type { SupportBeforeSendEvent, SupportTicketCreatedEvent } from './sending-events.js';
