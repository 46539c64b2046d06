export { ZammadAdapter } from './zammad-adapter.js';
export type { HelpDeskOptions } from '../help-desk.js';
