import { fileLimitsFor, type FileLimits, type SupportAdapter } from '@storefront-support/contract';
import type { FileShelf, ReplyEntry } from '../outbox/entry.js';
import { shelf } from '../outbox/shelf.js';
import type { SupportAttachments } from '../support-attachments/support-attachments.js';
import type { SupportThread } from './support-thread.js';

/** The files of a reply, and what the desk takes. */
export class ReplyFiles {
  /** Null: no files; also until it is known. */
  limits: FileLimits | null = null;
  /** Most characters of a message; undefined until it is known. */
  longest: number | undefined;
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

  get list(): SupportAttachments | null {
    return this.thread.renderRoot.querySelector('support-attachments:defined');
  }

  /** Asks what the desk takes; what shows files is loaded with it. */
  async learn(): Promise<void> {
    const { thread, adapter } = this;
    const [desk] = await Promise.all([adapter.getDesk(), adapter.attachments && import('../support-attachments/index.js')]);
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
  }
}
