export { MLKEM768X25519 } from '@noble/post-quantum/hybrid.js';
