import { SupportField } from './support-field.js';
import { customElements, isFree } from '../base/registry.js';

if (isFree('support-field')) customElements.define('support-field', SupportField);

export { SupportField };
