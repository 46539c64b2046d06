import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';

/** What the server says to customers, and the desk's notifications, in one language. */
export interface ServerTexts {
  /** `rtl` where lines begin at the right. */
  dir: 'ltr' | 'rtl';
  mail: MailTexts;
  accessMail: AccessMailTexts;
  pages: PageTexts;
}
