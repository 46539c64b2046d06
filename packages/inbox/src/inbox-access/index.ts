import { InboxAccess } from './inbox-access.js';

if (!customElements.get('inbox-access')) customElements.define('inbox-access', InboxAccess);

export { InboxAccess };
