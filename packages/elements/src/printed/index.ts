export { printForm, type PrintOptions } from './print-form.js';
