import { InboxQueue } from './inbox-queue.js';

if (!customElements.get('inbox-queue')) customElements.define('inbox-queue', InboxQueue);

export { InboxQueue };
