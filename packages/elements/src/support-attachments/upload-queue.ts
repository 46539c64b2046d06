import { isSupportError, SupportError } from '@storefront-support/contract';
import { numberIn } from '../base/format.js';
import type { FilesText, ImagesText } from '../locales/en.js';
import type { KeptFile } from '../outbox/entry.js';
import { pauseAfter, whyFailed, whyRefused } from './file-rules.js';
import { SupportFilesChangedEvent } from './files-changed-event.js';
import { shelve } from './shelve.js';
import { Speech } from './speech.js';
import type { SupportAttachments } from './support-attachments.js';
import { itemOf, keptOf, percentOf, type UploadItem, type UploadState } from './upload-item.js';

const AT_ONCE = 2;

/** Sends the files of one `<support-attachments>`, two at a time, and goes on by itself after interruptions. */
export class UploadQueue {
  readonly items: UploadItem[] = [];
  /** What is to be said about all files. */
  notice = '';
  /** Folders whose files are still being listed. */
  reading = 0;
  /** What cleans and shows pictures, once it is loaded. */
  images: typeof import('./image/index.js') | undefined;
  /** What it says. */
  told: ImagesText | undefined;
  readonly #speech: Speech;
  #preparing: UploadItem | undefined;

  constructor(readonly element: SupportAttachments) {
    this.#speech = new Speech(element);
  }

  /** What a screen reader is told last. */
  get spoken(): string {
    return this.#speech.text;
  }

  count(...states: UploadState[]): number {
    return this.items.filter(({ state }) => states.includes(state)).length;
  }

  add(files: File[]): void {
    this.notice = '';
    const before = this.items.length;
    for (const file of files) {
      const missing = this.items.find(({ state, name }) => state === 'missing' && name === file.name);
      if (missing) Object.assign(missing, { state: 'queued', ready: false, why: '', candidate: file });
      else this.items.push(itemOf(keptOf(file)));
    }
    this.say((text) => text.added(files.length, numberIn(this.element.language.tag, files.length)));
    this.#judge();
    for (const item of this.items.slice(before)) this.keep(item);
    if (this.element.sentences) this.work();
    else this.retry();
  }

  addFolders(folders: FileSystemEntry[]): void {
    this.reading++;
    void import('./folder-files.js')
      .then(({ addFolders }) => addFolders(this, folders))
      .catch(() => this.say((text) => (this.notice = text.again)))
      .then(() => {
        this.reading--;
        this.work();
      });
    this.work();
  }

  /** Takes over what the shelf has; what is here already stays. */
  restore(files: KeptFile[]): void {
    this.items.push(...files.filter(({ id }) => !this.items.some((item) => item.id === id)).map(itemOf));
    if (this.element.sentences) this.work();
    else this.retry();
  }

  remove(item: UploadItem): void {
    this.#takeBack(item);
    this.#leave(item);
    this.say((text) => text.removed(item.name));
    this.work();
  }

  /** Sends it from its first byte, as the person wishes it now. */
  renew(item: UploadItem): void {
    this.#takeBack(item);
    this.#anew(item);
    item.ready = false;
    this.keep(item);
    this.work();
  }

  /** Tries a failed file, or all of them, again. `anew`: every file from its first byte. */
  retry(anew = false, only?: UploadItem): void {
    for (const item of this.items) {
      if (only && item !== only) continue;
      if (anew && item.state !== 'missing' && item.state !== 'asking') {
        this.#stop(item);
        this.#anew(item);
        this.keep(item);
      }
      if (item.state === 'failed') item.state = 'queued';
      item.tries = 0;
    }
    this.#hurry();
  }

  drop(all: boolean): void {
    for (const item of [...this.items]) if (all || /^(failed|refused|missing|asking)$/.test(item.state)) this.#leave(item);
    this.work();
  }

  /** Goes on after `pause`. */
  resume(): void {
    addEventListener('online', this.#online);
    if (this.items.length) this.work();
  }

  /** Stops sending until `resume`. */
  pause(): void {
    for (const item of this.items) this.#stop(item);
    removeEventListener('online', this.#online);
  }

  /** Lets go of every file; what the shelf has of them stays there. */
  leave(): void {
    for (const item of this.items.splice(0)) this.#stop(item);
    this.#preparing = undefined;
    this.changed();
  }

  /** Tells the shelf what an item is now. */
  keep(item: UploadItem): void {
    if (item.state !== 'refused' && this.items.includes(item)) shelve(this, item);
  }

  /** Judges every file by the limits of now and sends what may be sent. */
  work(): void {
    const { port, secret, isConnected, sentences } = this.element;
    this.#judge();
    if (port && isConnected && sentences && !this.#preparing) {
      const next = this.items.find(({ ready, state, timer }) => !ready && !timer && /^(queued|done|missing)$/.test(state));
      if (next) void this.#prepare(next);
    }
    for (const item of this.items) {
      if (!port || !secret || !sentences || !isConnected || this.count('uploading') >= AT_ONCE) break;
      if (item.state === 'queued' && item.ready && item.file && !item.timer) void this.#send(item, item.file);
    }
    this.changed();
  }

  #judge(): void {
    const { limits, language, sentences } = this.element;
    if (!limits || !sentences) return;
    const before = { count: 0, bytes: 0 };
    for (const item of this.items) {
      if (item.final) continue;
      const why = whyRefused(item, before, limits, sentences, language.tag);
      if (why) {
        if (item.state !== 'refused') this.say((text) => text.stopped(item.name, `${text.refused}. ${why}`));
        this.#stop(item);
        Object.assign(item, { state: 'refused', why });
      } else {
        if (item.state === 'refused') {
          Object.assign(item, { state: item.attachment ? 'done' : 'queued', why });
          this.keep(item);
        }
        before.count++;
        before.bytes += item.size;
      }
    }
  }

  /** Cleans what may hide something, one file at a time. */
  async #prepare(item: UploadItem): Promise<void> {
    this.#preparing = item;
    try {
      await this.speak();
      await this.images?.prepare(this, item);
    } catch (cause) {
      item.ready = /^(done|missing)$/.test(item.state);
      if (item.state === 'queued' && this.#preparing === item)
        this.#failed(item, new SupportError('load-failed', 'The code that cleans pictures could not be loaded.', { cause }));
    }
    if (this.#preparing === item) this.#preparing = undefined;
    this.work();
  }

  /** Loads what pictures need, and its sentences. */
  async speak(): Promise<ImagesText> {
    this.images ??= await import('./image/index.js');
    return (this.told ??= await this.images.speak(this.element));
  }

  async #send(item: UploadItem, file: File): Promise<void> {
    const { port, secret, contactId } = this.element;
    if (!port) return;
    const stop = (item.stop = new AbortController());
    Object.assign(item, { state: 'uploading', why: '', interrupted: false });
    try {
      const attachment = await port.upload(file, {
        secret,
        contactId: contactId || undefined,
        resume: item.resume || undefined,
        signal: stop.signal,
        onResume: (resume) => {
          if (item.stop !== stop || item.resume === resume) return;
          item.resume = resume;
          this.keep(item);
        },
        onProgress: (sent) => this.#progress(item, sent),
      });
      if (item.stop !== stop) return;
      Object.assign(item, { state: 'done', sent: item.size, attachment });
      this.keep(item);
      this.say((text) => (port.withTicket ? text.ready : text.finished)(item.name));
    } catch (error) {
      if (item.stop !== stop) return;
      this.#failed(item, error);
    }
    item.stop = undefined;
    this.work();
  }

  #progress(item: UploadItem, sent: number): void {
    if (sent > item.sent) item.tries = 0;
    item.sent = sent;
    this.#speech.sayProgress((text) => text.stopped(item.name, text.uploading(percentOf(item, this.element.language.tag))));
    this.element.requestUpdate();
  }

  #failed(item: UploadItem, cause: unknown): void {
    const error = isSupportError(cause) ? cause : new SupportError('internal', 'The file could not be sent.', { cause });
    const { code } = error;
    item.error = error;
    const pause = pauseAfter(error, item.tries);
    if (pause) {
      if (!item.tries++) this.say((text) => text.stopped(item.name, text.paused));
      Object.assign(item, { state: 'queued', interrupted: true });
      item.timer = setTimeout(() => {
        item.timer = undefined;
        this.work();
      }, pause);
      return;
    }
    const final = code === 'too-large' || code === 'type-not-allowed';
    const why = whyFailed(code, this.element);
    Object.assign(item, { state: final ? 'refused' : 'failed', why, final });
    this.say((text) => text.stopped(item.name, `${text[final ? 'refused' : 'failed']}. ${why}`));
  }

  /** What failed for want of a connection goes on, too. */
  #online = (): void => {
    for (const item of this.items) if (item.state === 'failed' && item.error?.retryable) Object.assign(item, { state: 'queued', tries: 0 });
    this.#hurry();
  };

  #hurry = (): void => {
    if (!this.element.sentences) this.element.learn();
    for (const item of this.items) {
      clearTimeout(item.timer);
      item.timer = undefined;
    }
    this.work();
  };

  #stop(item: UploadItem): void {
    clearTimeout(item.timer);
    item.timer = undefined;
    const { stop } = item;
    item.stop = undefined;
    stop?.abort();
    if (item.state === 'uploading') item.state = 'queued';
  }

  #anew(item: UploadItem): void {
    Object.assign(item, { state: 'queued', sent: 0, tries: 0, why: '', resume: '', attachment: null, final: false, interrupted: false });
  }

  #takeBack(item: UploadItem): void {
    const { port, secret } = this.element;
    this.#stop(item);
    if (item.resume && port) void port.remove(item.resume, { secret, signal: undefined }).catch(() => undefined);
  }

  #leave(item: UploadItem): void {
    const { shelf } = this.element;
    this.#stop(item);
    if (this.#preparing === item) this.#preparing = undefined;
    this.items.splice(this.items.indexOf(item), 1);
    if (shelf) item.shelved = item.shelved.then(() => shelf.forget(item.id));
  }

  say(sentence: (text: FilesText) => string): void {
    this.#speech.say(sentence);
  }

  changed(): void {
    this.element.requestUpdate();
    this.element.dispatchEvent(new SupportFilesChangedEvent());
  }
}
