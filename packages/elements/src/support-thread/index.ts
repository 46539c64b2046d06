import { SupportThread } from './support-thread.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-thread')) customElements.define('support-thread', SupportThread);

export { SupportThread };
export type { SupportErrorEvent } from '../events.js';
export type { SupportTicketOpenedEvent } from './ticket-opened-event.js';
export type { SupportQuestionAskedEvent } from './question-asked-event.js';
