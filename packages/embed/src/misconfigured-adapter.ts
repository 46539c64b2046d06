import { SupportError, type SupportAdapter } from '@storefront-support/contract';
import type { EmbedOptions } from './options.js';

/** Stands in where a tag does not say enough: every verb rejects with the cause and the line that mends it. */
export function misconfiguredAdapter(options: EmbedOptions, known: readonly string[]): SupportAdapter {
  const reject = () => Promise.reject(new SupportError('misconfigured', complaint(options, known)));
  return {
    name: 'misconfigured',
    delivery: 'exactly-once',
    scope: 'misconfigured',
    getDesk: reject,
    createTicket: reject,
    getTicket: reject,
  };
}

function complaint({ adapter, endpoint, desk }: EmbedOptions, known: readonly string[]): string {
  if (!known.includes(adapter)) {
    return `No adapter is called "${adapter}". Write adapter="${known.join('" or adapter="')}", or leave the attribute out.`;
  }
  const line = `Write <support-form endpoint="${endpoint || 'https://support.example'}" desk="${desk || '…'}">`;
  if (!endpoint && !desk) return `No endpoint and no desk. ${line}`;
  return `${endpoint ? 'No desk' : 'No endpoint'}. ${line}`;
}
