import '../support-thread/index.js';
import { SupportTracker } from './support-tracker.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-tracker')) customElements.define('support-tracker', SupportTracker);

export { SupportTracker };
export type { SupportErrorEvent } from '../events.js';
export type { SupportTicketOpenedEvent } from '../support-thread/ticket-opened-event.js';
export type { SupportQuestionAskedEvent } from '../support-thread/question-asked-event.js';
