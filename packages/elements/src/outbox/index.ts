export { hasQueued } from './has-queued.js';
export { wake } from './sender.js';
