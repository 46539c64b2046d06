import type { AgentReplyReceipt } from '@storefront-support/contract';
import type { SupportAttachments } from '@storefront-support/elements/support-attachments';
import { randomToken } from '../base/random-token.js';

type FileShelf = NonNullable<SupportAttachments['shelf']>;
type KeptFile = Parameters<FileShelf['keep']>[0];

/** What an agent has written and not yet sent. */
export interface Draft {
  text: string;
  visibility: 'public' | 'internal';
  /** Idempotency key: sending twice writes once. */
  key: string;
  /** What the files of this draft are uploaded under. */
  secret: string;
}

export function newDraft(visibility: Draft['visibility'] = 'public'): Draft {
  return { text: '', visibility, key: randomToken(), secret: randomToken() };
}

/** An answer or a note on its way. */
export interface Sending {
  /** As it was when it was sent. */
  draft: Draft;
  /** Settles once the server has answered and the kept draft is what is left of it. */
  receipt: Promise<AgentReplyReceipt>;
}

/** By the place where their drafts are kept. They outlive the composer that sent them: the agent may go to other tickets and back. */
export const underWay = new Map<string, Sending>();

/** What is left of a draft once an earlier state of it has been sent: what was typed since, as a message of its own. */
export function leftOf(draft: Draft, sent: Draft): Draft {
  if (draft.key !== sent.key) return draft;
  const text = draft.text.startsWith(sent.text) ? draft.text.slice(sent.text.length).trimStart() : draft.text;
  return { ...newDraft(text ? draft.visibility : 'public'), text };
}

/** A draft that was kept, and what has been typed while it was read. A note stays one: what is said among agents goes to nobody else. */
export function joined(draft: Draft, typed: Draft): Draft {
  const visibility = [draft, typed].some((part) => part.visibility === 'internal') ? 'internal' : 'public';
  return { ...draft, visibility, text: [draft.text, typed.text].filter(Boolean).join('\n\n') };
}

/** The files of a draft. They outlive the composer as the draft does, for as long as the page is open. */
export class DraftFiles implements FileShelf {
  readonly #files = new Map<string, KeptFile>();
  /** What they belong to. */
  draft: Draft | undefined;

  get all(): KeptFile[] {
    return [...this.#files.values()];
  }

  keep(file: KeptFile): Promise<void> {
    this.#files.set(file.id, file);
    return Promise.resolve();
  }

  forget(id: string): Promise<void> {
    this.#files.delete(id);
    return Promise.resolve();
  }
}

/** By the place of the draft. */
const filesOfDrafts = new Map<string, DraftFiles>();

export function filesAt(place: string): DraftFiles {
  const files = filesOfDrafts.get(place) ?? new DraftFiles();
  filesOfDrafts.set(place, files);
  return files;
}

/** Nothing is left of what belonged to a draft that was sent. */
export function forgetFiles(place: string): void {
  filesOfDrafts.delete(place);
}
