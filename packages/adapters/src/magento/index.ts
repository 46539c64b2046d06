export { MagentoAdapter, type MagentoAdapterOptions } from './magento-adapter.js';
