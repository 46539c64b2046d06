import { InboxSetUp } from './inbox-set-up.js';

if (!customElements.get('inbox-set-up')) customElements.define('inbox-set-up', InboxSetUp);

export { InboxSetUp };
