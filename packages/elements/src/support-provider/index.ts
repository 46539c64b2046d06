import { SupportProvider } from './support-provider.js';

if (!customElements.get('support-provider')) customElements.define('support-provider', SupportProvider);

export { SupportProvider };
