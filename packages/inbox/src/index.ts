export { SupportInbox } from './support-inbox/index.js';
export { InboxQueue } from './inbox-queue/index.js';
export { InboxTicket } from './inbox-ticket/index.js';
export { InboxComposer } from './inbox-composer/index.js';
