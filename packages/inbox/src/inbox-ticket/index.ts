import { InboxTicket } from './inbox-ticket.js';

if (!customElements.get('inbox-ticket')) customElements.define('inbox-ticket', InboxTicket);

export { InboxTicket };
