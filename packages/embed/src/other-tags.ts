/** Loads the code of a tag other than the form, which most pages do without. */
export function load({ localName }: Element): Promise<unknown> {
  return localName === 'support-launcher'
    ? import('@storefront-support/elements/support-launcher')
    : import('@storefront-support/elements/support-tracker');
}
