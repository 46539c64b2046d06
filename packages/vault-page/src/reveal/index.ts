import { VaultReveal } from './vault-reveal.js';
import { VaultRows } from './vault-rows.js';

if (!customElements.get('vault-rows')) customElements.define('vault-rows', VaultRows);
if (!customElements.get('vault-reveal')) customElements.define('vault-reveal', VaultReveal);

export { VaultReveal, VaultRows };
