import { InboxComposer } from './inbox-composer.js';

if (!customElements.get('inbox-composer')) customElements.define('inbox-composer', InboxComposer);

export { InboxComposer };
