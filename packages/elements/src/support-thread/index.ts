import { SupportThread } from './support-thread.js';

if (!customElements.get('support-thread')) customElements.define('support-thread', SupportThread);

export { SupportThread };
export type { SupportErrorEvent, SupportQuestionAskedEvent, SupportTicketOpenedEvent } from '../events.js';
