export { CsCartAdapter, type CsCartAdapterOptions } from './cs-cart-adapter.js';
