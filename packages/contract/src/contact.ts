import type { FileLimits } from './attachment.js';
import type { LocalizedText } from './localized-text.js';
import type { BusinessHours, SlaPolicy } from './sla-types.js';

/** Whom a customer can write to. */
export interface Contact {
  id: string;
  name: LocalizedText;
  /** One sentence on what this contact is for. */
  description?: LocalizedText | undefined;
  /** False: the message is passed on by mail, then its text and files are deleted; only metadata stays. */
  keepsMessages: boolean;
  /** Tighter file limits than the desk's, where this contact has them. */
  files?: Partial<FileLimits> | undefined;
  /** This contact's own opening hours; the desk's otherwise. */
  hours?: BusinessHours | undefined;
  /** This contact's own promise; the desk's otherwise. */
  promise?: SlaPolicy | undefined;
}
