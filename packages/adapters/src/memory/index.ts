export { demoDesk } from './demo-desk.js';
export { MemoryAdapter, type MemoryAdapterOptions } from './memory-adapter.js';
export { MemoryBackend, type MemoryAnswer, type MemoryFault } from './memory-backend.js';
export type { MemoryMail } from './memory-sessions.js';
export type { MemoryAccess, MemoryAsk } from './memory-access.js';
