import type { AgentSelf } from '@storefront-support/contract';
import type { InboxText } from '../locales/en.js';
import type { InboxApi } from './inbox-api.js';

/** What every element of the inbox is handed by the one around it. */
export interface Room {
  api: InboxApi;
  text: InboxText;
  /** BCP 47 tag that formats dates and numbers. */
  tag: string;
  me: AgentSelf;
}
