import '../support-field/index.js';
import { SupportForm } from './support-form.js';

if (!customElements.get('support-form')) customElements.define('support-form', SupportForm);

export { SupportForm };
export type { SupportBeforeSendEvent, SupportErrorEvent, SupportTicketCreatedEvent } from '../events.js';
