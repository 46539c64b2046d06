import { ContextEvent, createContext, type ContextCallback } from '@lit/context';
import type { SupportAdapter } from '@storefront-support/contract';

/** Under this context a `<support-provider>` hands its adapter to the elements inside it. */
export const adapterContext = createContext<SupportAdapter | undefined>(Symbol.for('@storefront-support/adapter'));

/**
 * Asks the providers around an element for their adapter, now and whenever it changes, and again once their code is there. The
 * controller for consumers that `@lit/context` has would do the same in four times the bytes.
 *
 * @param take is called with the adapter and with what ends the subscription.
 * @returns true where there is a provider.
 */
export function askForAdapter(element: Element, take: ContextCallback<SupportAdapter | undefined>): boolean {
  const ask = () => element.dispatchEvent(new ContextEvent(adapterContext, element, take, true));
  ask();
  const provided = !!element.closest('support-provider');
  if (provided) void customElements.whenDefined('support-provider').then(ask);
  return provided;
}
