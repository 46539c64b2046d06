export { hasQueued } from './has-queued.js';
export { wake } from './sender.js';
export { sweep } from './sweep.js';
