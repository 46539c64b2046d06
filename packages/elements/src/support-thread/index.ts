import { SupportThread } from './support-thread.js';

if (!customElements.get('support-thread')) customElements.define('support-thread', SupportThread);

export { SupportThread };
export type { SupportErrorEvent, SupportTicketOpenedEvent } from '../events.js';
export type { SupportQuestionAskedEvent } from './question-asked-event.js';
