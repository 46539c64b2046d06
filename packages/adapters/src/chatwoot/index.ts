export { ChatwootAdapter, type ChatwootAdapterOptions } from './chatwoot-adapter.js';
export type { ChatwootIdentity } from './threads.js';
