import '@storefront-support/elements/support-form';
import { PigeonholeAdapter } from './pigeonhole-adapter.ts';

const form = document.querySelector('support-form');
const url = form?.dataset['backend'];
if (form && url) form.adapter = new PigeonholeAdapter({ url });
