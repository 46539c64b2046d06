import { isSupportError, SupportError, type Attachment, type SupportErrorCode } from '@storefront-support/contract';
import { bytesIn, numberIn } from '../base/format.js';
import { SupportFilesChangedEvent } from '../events.js';
import type { FilesText } from '../locales/en.js';
import type { SupportAttachments } from './support-attachments.js';

const AT_ONCE = 2;
/** Tries without a single acknowledged byte in between, before a file counts as failed. */
const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Progress is spoken this often at most. */
const SPOKEN_EVERY_MS = 5_000;

export type UploadState = 'queued' | 'uploading' | 'done' | 'failed' | 'refused';

/** One file on its way. */
export interface UploadItem {
  readonly file: File;
  state: UploadState;
  sent: number;
  /** Sentence on why it failed or was refused; empty otherwise. */
  why: string;
  /** Said by the backend, so it stays refused whatever is removed beside it. */
  final: boolean;
  tries: number;
  /** True between an interruption and the next try. */
  interrupted: boolean;
  error: SupportError | undefined;
  resume: string | undefined;
  attachment: Attachment | undefined;
  stop: AbortController | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Sends the files of one `<support-attachments>`, two at a time, and goes on by itself after interruptions. */
export class UploadQueue {
  readonly items: UploadItem[] = [];
  /** What a screen reader is told last. */
  spoken = '';
  #spokenAt = 0;

  constructor(readonly element: SupportAttachments) {}

  get attachmentIds(): string[] {
    return this.items.flatMap(({ state, attachment }) => (state === 'done' && attachment ? attachment.id : []));
  }

  get failure(): SupportError | undefined {
    return this.items.find(({ state }) => state === 'failed')?.error;
  }

  count(...states: UploadState[]): number {
    return this.items.filter(({ state }) => states.includes(state)).length;
  }

  add(files: File[]): void {
    for (const file of files) {
      this.items.push({
        file,
        state: 'queued',
        sent: 0,
        why: '',
        final: false,
        tries: 0,
        interrupted: false,
        error: undefined,
        resume: undefined,
        attachment: undefined,
        stop: undefined,
        timer: undefined,
      });
    }
    this.#say((text) => text.added(files.length, numberIn(this.element.language.tag, files.length)));
    this.work();
  }

  remove(item: UploadItem): void {
    this.items.splice(this.items.indexOf(item), 1);
    this.#stop(item);
    const { port, secret } = this.element;
    if (item.resume && port) void port.remove(item.resume, { secret, signal: undefined }).catch(() => undefined);
    this.#say((text) => text.removed(item.file.name));
    this.work();
  }

  /** Tries a failed file, or all of them, again. `anew`: every file from its first byte. */
  retry(anew = false, only?: UploadItem): void {
    for (const item of this.items) {
      if (only && item !== only) continue;
      if (anew) {
        this.#stop(item);
        Object.assign(item, { state: 'queued', sent: 0, resume: undefined, attachment: undefined, final: false });
      }
      if (item.state === 'failed') item.state = 'queued';
      item.tries = 0;
    }
    this.#hurry();
  }

  drop(all: boolean): void {
    for (const item of [...this.items]) {
      if (!all && item.state !== 'failed' && item.state !== 'refused') continue;
      this.#stop(item);
      this.items.splice(this.items.indexOf(item), 1);
    }
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

  /** Judges every file by the limits of now and sends what may be sent. */
  work(): void {
    const { port, secret, isConnected, sentences } = this.element;
    this.#judge();
    for (const item of this.items) {
      if (!port || !secret || !sentences || !isConnected || this.count('uploading') >= AT_ONCE) break;
      if (item.state === 'queued' && !item.timer) void this.#send(item);
    }
    this.#changed();
  }

  #judge(): void {
    const { limits, language, sentences: files } = this.element;
    if (!limits || !files) return;
    let count = 0;
    let total = 0;
    for (const item of this.items) {
      if (item.final) continue;
      const { size, type } = item.file;
      let why = '';
      if (!size) why = files.empty;
      else if (size > limits.bytesPerFile) why = files.tooLarge(bytesIn(language.tag, limits.bytesPerFile));
      else if (type && !type.startsWith('text/') && !limits.types.includes(type)) why = files.wrongType;
      else if (count >= limits.count) why = files.tooMany(numberIn(language.tag, limits.count));
      else if (total + size > limits.bytesPerTicket) why = files.totalTooLarge(bytesIn(language.tag, limits.bytesPerTicket));
      if (why) {
        if (item.state !== 'refused') this.#say((text) => text.stopped(item.file.name, why));
        this.#stop(item);
        Object.assign(item, { state: 'refused', why });
      } else {
        if (item.state === 'refused') Object.assign(item, { state: item.attachment ? 'done' : 'queued', why });
        count++;
        total += size;
      }
    }
  }

  async #send(item: UploadItem): Promise<void> {
    const { port, secret, contactId } = this.element;
    if (!port) return;
    const stop = (item.stop = new AbortController());
    Object.assign(item, { state: 'uploading', why: '', interrupted: false });
    try {
      item.attachment = await port.upload(item.file, {
        secret,
        contactId: contactId || undefined,
        resume: item.resume,
        signal: stop.signal,
        onResume: (resume) => (item.resume = resume),
        onProgress: (sent) => this.#progress(item, sent),
      });
      if (item.stop !== stop) return;
      Object.assign(item, { state: 'done', sent: item.file.size });
      this.#say((text) => text.finished(item.file.name));
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
    if (performance.now() - this.#spokenAt > SPOKEN_EVERY_MS) {
      this.#say((text) => text.stopped(item.file.name, text.uploading(this.percent(item))));
    }
    this.element.requestUpdate();
  }

  percent({ sent, file }: UploadItem): string {
    return `${numberIn(this.element.language.tag, Math.floor((100 * sent) / (file.size || 1)))} %`;
  }

  #failed(item: UploadItem, cause: unknown): void {
    const error = isSupportError(cause) ? cause : new SupportError('internal', 'The file could not be sent.', { cause });
    const { code, retryable, retryAfter = 0 } = error;
    item.error = error;
    if (retryable && item.tries++ < TRIES && retryAfter <= LONGEST_PAUSE_MS) {
      Object.assign(item, { state: 'queued', interrupted: true });
      const pause = Math.max(retryAfter, FIRST_PAUSE_MS * 2 ** (item.tries - 1) * (0.75 + Math.random() / 2));
      item.timer = setTimeout(() => {
        item.timer = undefined;
        this.work();
      }, pause);
      return;
    }
    const final = code === 'too-large' || code === 'type-not-allowed';
    const why = this.#whyNot(code);
    Object.assign(item, { state: final ? 'refused' : 'failed', why, final });
    this.#say((text) => text.stopped(item.file.name, why));
  }

  #whyNot(code: SupportErrorCode): string {
    const { sentences: files, limits, language } = this.element;
    if (!files) return '';
    if (code === 'type-not-allowed') return files.wrongType;
    return code === 'too-large' && limits ? files.tooLarge(bytesIn(language.tag, limits.bytesPerFile)) : files.again;
  }

  /** What failed for want of a connection goes on, too. */
  #online = (): void => {
    for (const item of this.items) if (item.state === 'failed' && item.error?.retryable) Object.assign(item, { state: 'queued', tries: 0 });
    this.#hurry();
  };

  #hurry = (): void => {
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

  #say(sentence: (text: FilesText) => string): void {
    const { sentences } = this.element;
    this.spoken = sentences ? sentence(sentences) : '';
    this.#spokenAt = performance.now();
  }

  #changed(): void {
    this.element.requestUpdate();
    this.element.dispatchEvent(new SupportFilesChangedEvent());
  }
}
