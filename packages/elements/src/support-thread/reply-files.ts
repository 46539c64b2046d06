import { fileLimitsFor, type FileLimits, type SupportAdapter } from '@storefront-support/contract';
import type { FileShelf, KeptFile, ReplyEntry } from '../outbox/entry.js';
import { shelf } from '../outbox/shelf.js';
import type { SupportAttachments } from '../support-attachments/support-attachments.js';
import type { SupportThread } from './support-thread.js';

/** The files of a reply, and what the desk takes. */
export class ReplyFiles {
  /** Null: no files; also until it is known. */
  limits: FileLimits | null = null;
  /** Most characters of a message; undefined until it is known. */
  longest: number | undefined;
  /** Settles when what was given is in the list, or its code could not be loaded. */
  ready: Promise<unknown> = Promise.resolve();
  readonly #given: File[] = [];
  readonly #kept: KeptFile[] = [];
  /** An entry is on the device before its files. */
  readonly #shelf: FileShelf;

  /** @param flush writes the entry. */
  constructor(
    readonly thread: SupportThread,
    readonly adapter: SupportAdapter,
    flush: () => Promise<void>,
  ) {
    this.#shelf = {
      async keep(file) {
        await flush();
        await shelf.keep(file);
      },
      forget: (id) => shelf.forget(id),
    };
  }

  /** True where what was given is in no list, because what shows files could not be loaded. */
  get lost(): boolean {
    return this.#given.length + this.#kept.length > 0;
  }

  get list(): SupportAttachments | null {
    return this.thread.renderRoot.querySelector('support-attachments:defined');
  }

  /** Loads what shows and sends files, and hands it what was given before it was there, or kept. */
  load(given: File[] = [], kept: KeptFile[] = []): Promise<unknown> {
    this.#given.push(...given);
    this.#kept.push(...kept);
    this.ready = import('../support-attachments/index.js').then(() => this.thread.requestUpdate());
    return this.ready;
  }

  /** Asks what the desk takes. */
  async learn(): Promise<void> {
    const { thread, adapter } = this;
    const desk = await adapter.getDesk();
    this.longest = desk.limits.messageLength;
    this.limits = fileLimitsFor(
      desk,
      desk.contacts.find(({ id }) => id === thread.ticket?.contactId),
    );
    thread.requestUpdate();
  }

  /** Hands the list what it works with. */
  supply({ secret, id }: Pick<ReplyEntry, 'secret' | 'id'>): void {
    const { list, thread, adapter, limits } = this;
    if (!list) return;
    Object.assign(list, { port: adapter.attachments, limits, secret, entry: id, shelf: this.#shelf });
    Object.assign(list, { contactId: thread.ticket?.contactId ?? '', locale: thread.language.tag, dir: thread.language.dir });
    if (this.#kept.length) list.restore(this.#kept.splice(0));
    if (this.#given.length) list.add(this.#given.splice(0));
  }
}
