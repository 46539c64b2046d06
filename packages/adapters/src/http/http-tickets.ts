import type { SupportAdapter } from '@storefront-support/contract';
import { own } from '../own.js';
import { deskUrl } from './desk-url.js';
import type { HttpAdapterOptions } from './http-adapter.js';
import { createPorts } from './tracking.js';

/** The tickets of a Storefront Support server without the rest of its adapter: for a page that only says how many answers are new. */
export function ticketsOf(given: HttpAdapterOptions): Pick<SupportAdapter, 'scope' | 'tracking' | 'signIn'> {
  const options = own(given);
  const url = deskUrl(options);
  const ports = createPorts({
    url,
    fetch: (input, init) => (options.fetch ?? fetch)(input, init),
    online: options.online ?? (() => true),
    timeout: options.timeout ?? 30_000,
  });
  return { scope: url, ...ports };
}
