import type { Desk, SupportAdapter } from '@storefront-support/contract';

/** What a form needs of an adapter before anybody writes, without its code. */
export interface EarlyAdapter extends Pick<SupportAdapter, 'name' | 'delivery' | 'scope'> {
  /** As `getDesk` gives it before `prepare`. */
  desk: Desk;
  /** True: it has a port for files that travel with the message. */
  takesFiles: boolean;
}
