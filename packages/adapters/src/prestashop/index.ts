export { PrestashopAdapter, type PrestashopAdapterOptions } from './prestashop-adapter.js';
