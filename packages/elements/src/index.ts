export { adapterContext } from './base/adapter-context.js';
export {
  SupportBeforeSendEvent,
  SupportErrorEvent,
  SupportFilesChangedEvent,
  SupportTicketCreatedEvent,
  SupportTicketOpenedEvent,
} from './events.js';
export { SupportAttachments } from './support-attachments/support-attachments.js';
export { SupportField } from './support-field/support-field.js';
export { SupportForm, type FormState } from './support-form/support-form.js';
export { SupportQuestionAskedEvent } from './support-thread/question-asked-event.js';
export { SupportThread } from './support-thread/support-thread.js';
export { SupportTracker } from './support-tracker/support-tracker.js';
export type { TrackingState } from './tracking/tracking-element.js';
