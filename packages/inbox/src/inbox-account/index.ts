import { InboxAccount } from './inbox-account.js';

if (!customElements.get('inbox-account')) customElements.define('inbox-account', InboxAccount);

export { InboxAccount };
