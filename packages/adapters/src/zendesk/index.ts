export { ZendeskAdapter } from './zendesk-adapter.js';
export type { HelpDeskOptions } from '../help-desk.js';
