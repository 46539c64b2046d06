import { createContext } from '@lit/context';
import type { SupportAdapter } from '@storefront-support/contract';

/** Under this context a `<support-provider>` hands its adapter to the elements inside it. */
export const adapterContext = createContext<SupportAdapter | undefined>(Symbol.for('@storefront-support/adapter'));
