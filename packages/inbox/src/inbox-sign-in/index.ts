import { InboxSignIn } from './inbox-sign-in.js';

if (!customElements.get('inbox-sign-in')) customElements.define('inbox-sign-in', InboxSignIn);

export { InboxSignIn };
