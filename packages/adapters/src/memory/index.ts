export { demoDesk } from './demo-desk.js';
export { MemoryAdapter, type MemoryAdapterOptions } from './memory-adapter.js';
export { MemoryBackend, type MemoryFault } from './memory-backend.js';
