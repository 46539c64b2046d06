export { adapterContext } from './base/adapter-context.js';
export { SupportBeforeSendEvent, SupportErrorEvent, SupportFilesChangedEvent, SupportTicketCreatedEvent } from './events.js';
export { SupportAttachments } from './support-attachments/support-attachments.js';
export { SupportField } from './support-field/support-field.js';
export { SupportForm, type FormState } from './support-form/support-form.js';
