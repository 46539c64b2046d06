import { withDeskTexts } from '@storefront-support/contract/desk-texts';
import type { FormText } from '../locales/en.js';
import type { SupportForm } from './support-form.js';

/** Has a form speak in its desk's own words, in this language and in any that it changes to: loaded where a desk has some. */
export async function speakFor(form: SupportForm): Promise<void> {
  const load = form.texts;
  const own = (text: FormText) => withDeskTexts(text, form.desk?.texts, form.language.tag);
  form.texts = async (file) => own(await load(file));
  form.text = own(form.text ?? (await load(form.language.file)));
}
