import { own } from '../own.js';
import type { ShopPage } from '../shop-page.js';

/** Has the shop log that the person has consented, as the script of its form does, where there is one. */
export async function logConsent(page: ShopPage, form: HTMLFormElement, signal: AbortSignal | undefined): Promise<void> {
  const log = consentLogIn(form);
  if (log) await page.load(log.url, own({ body: log.body, signal }));
}

/** Where the script of a form logs consent, and with what; undefined where there is no such script. */
function consentLogIn(form: HTMLFormElement): { url: string; body: URLSearchParams } | undefined {
  const values = new Map<string, string>();
  for (const { textContent } of form.querySelectorAll('script'))
    for (const [, name = '', value = ''] of textContent.matchAll(/\bpsgdpr_(\w+) = "([^"]*)"/g)) values.set(name, value);
  const address = values.get('front_controller')?.replace(/&amp;/g, '&');
  if (!address || !URL.canParse(address)) return undefined;
  // the shop may name itself by another host than the one it is visited under
  const { pathname, search } = new URL(address);
  const body = new URLSearchParams({ ajax: 'true', action: 'AddLog' });
  for (const name of ['id_customer', 'customer_token', 'id_guest', 'guest_token', 'id_module']) body.set(name, values.get(name) ?? '');
  return { url: pathname + search, body };
}
