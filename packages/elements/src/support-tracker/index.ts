import '../support-thread/index.js';
import { SupportTracker } from './support-tracker.js';

if (!customElements.get('support-tracker')) customElements.define('support-tracker', SupportTracker);

export { SupportTracker };
export type { SupportErrorEvent, SupportQuestionAskedEvent, SupportTicketOpenedEvent } from '../events.js';
