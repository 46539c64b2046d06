export { earlyCallRequests, earlyCsCart } from './cs-cart/early.js';
export type { EarlyAdapter } from './early-adapter.js';
export { earlyMagento } from './magento/early.js';
export { earlyPrestashop } from './prestashop/early.js';
