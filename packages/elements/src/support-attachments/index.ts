import { SupportAttachments } from './support-attachments.js';

if (!customElements.get('support-attachments')) customElements.define('support-attachments', SupportAttachments);

export { SupportAttachments };
export type { SupportFilesChangedEvent } from './files-changed-event.js';
