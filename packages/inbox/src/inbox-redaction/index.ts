import { InboxRedaction } from './inbox-redaction.js';

if (!customElements.get('inbox-redaction')) customElements.define('inbox-redaction', InboxRedaction);

export { InboxRedaction };
