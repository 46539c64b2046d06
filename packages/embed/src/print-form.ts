import type { PrintOptions } from '@storefront-support/elements/printed';

/** Written in by the build. */
declare const STYLE_SHEET: string;

/** What a form is printed from: the desk, and what the attributes of its tag say. */
export type FormToPrint = Omit<PrintOptions, 'styleSheet'>;

/**
 * Prints the form of a desk, for the build of a theme and for a server that writes pages: markup that stands first inside
 * `<support-form>`, is there before any script, and can be sent without one.
 *
 * @throws RangeError where the locale is no BCP 47 tag.
 */
export async function printForm(form: FormToPrint): Promise<string> {
  const { printForm: print } = await import('@storefront-support/elements/printed');
  return print({ ...form, styleSheet: STYLE_SHEET });
}
