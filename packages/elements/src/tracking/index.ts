export { keepTicket, type KeptTicket } from './kept-tickets.js';
export { watchUnread } from './unread.js';
