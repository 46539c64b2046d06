import { SupportField } from './support-field.js';

if (!customElements.get('support-field')) customElements.define('support-field', SupportField);

export { SupportField };
