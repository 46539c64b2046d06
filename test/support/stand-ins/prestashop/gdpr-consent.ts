import { createHash } from 'node:crypto';
import { recordedExchanges } from '../../recorded/recorded-exchanges.ts';

export const ID_MODULE = 25;
/** Where consent is logged. */
export const CONSENT_PATH = '/module/psgdpr/FrontAjaxGdpr';

const RECORDED = /[ ]*<div class="gdpr_consent[\s\S]*<\/script>\n/.exec(
  recordedExchanges('prestashop-8.2.1', 'gdpr-consent')[0]?.response.body ?? '',
)?.[0] as string;

/** Proves to the log that a page was made for this customer, or guest. */
export function consentToken(kind: 'customer' | 'guest', id: number): string {
  return createHash('sha1').update(`${kind}${id}`).digest('hex');
}

/** The recorded checkbox of module psgdpr and its script, for module contactform or another one. */
export function renderConsent(origin: string, consent: string, idCustomer: number, idModule = ID_MODULE): string {
  const variable = (name: string, value: string | number) => (html: string) =>
    html.replace(new RegExp(`(var psgdpr_${name} = )"[^"]*"`), (_, before: string) => `${before}"${value}"`);
  return [
    variable('front_controller', origin + CONSENT_PATH),
    variable('id_customer', idCustomer),
    variable('customer_token', consentToken('customer', idCustomer)),
    variable('guest_token', consentToken('guest', 0)),
    (html: string) => html.replace(/<span><p>.*<\/p><\/span>/, () => `<span>${consent}</span>`),
    (html: string) => html.replaceAll(new RegExp(`(_|")${ID_MODULE}\\b`, 'g'), (_, before: string) => `${before}${idModule}`),
  ].reduce((html, change) => change(html), RECORDED);
}
