/** Under this an element keeps who counts its unread answers: once its own code is there, it goes on with that. */
export const COUNTED = Symbol.for('@storefront-support/counted');

/** A count that goes on. */
export interface Count {
  /** `SupportAdapter.scope` of the backend whose tickets are counted. */
  scope: string;
  end(): void;
}

export interface Counted extends Element {
  [COUNTED]?: Count | undefined;
}
