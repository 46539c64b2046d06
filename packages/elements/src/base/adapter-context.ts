import { ContextEvent, createContext, type ContextCallback } from '@lit/context';
import type { SupportAdapter } from '@storefront-support/contract';

/** Under this context a `<support-provider>` hands its adapter to the elements inside it. */
export const adapterContext = createContext<SupportAdapter | undefined>(Symbol.for('@storefront-support/adapter'));

/**
 * Asks the providers around an element for their adapter, now and whenever it changes. The controller for consumers that
 * `@lit/context` has would do the same in four times the bytes.
 *
 * @param take is called with the adapter and with what ends the subscription.
 */
export function askForAdapter(element: Element, take: ContextCallback<SupportAdapter | undefined>): void {
  element.dispatchEvent(new ContextEvent(adapterContext, element, take, true));
}
