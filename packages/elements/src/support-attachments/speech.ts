import type { FilesText } from '../locales/en.js';
import type { SupportAttachments } from './support-attachments.js';

/** Progress is spoken this often at most. */
const PROGRESS_EVERY_MS = 10_000;

/** What a screen reader is told of files. */
export class Speech {
  /** What is spoken now. */
  text = '';
  #at = 0;
  /** True until it is rendered. */
  #unheard = false;

  constructor(private readonly element: SupportAttachments) {}

  say(sentence: (text: FilesText) => string): void {
    const { sentences, updateComplete } = this.element;
    const said = sentences ? sentence(sentences) : '';
    // of several things at once none is passed over
    this.text = this.#unheard ? `${this.text} ${said}` : said;
    this.#unheard = true;
    const heard = () => (this.#unheard = false);
    updateComplete.then(heard, heard);
    this.#at = performance.now();
  }

  /** Says it, unless something has been said a moment ago. */
  sayProgress(sentence: (text: FilesText) => string): void {
    if (performance.now() - this.#at > PROGRESS_EVERY_MS) this.say(sentence);
  }
}
