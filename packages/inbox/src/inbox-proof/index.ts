import { InboxProof } from './inbox-proof.js';

if (!customElements.get('inbox-proof')) customElements.define('inbox-proof', InboxProof);

export { InboxProof };
