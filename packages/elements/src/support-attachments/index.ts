import { SupportAttachments } from './support-attachments.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-attachments')) customElements.define('support-attachments', SupportAttachments);

export { SupportAttachments };
export type { SupportFilesChangedEvent } from './files-changed-event.js';
