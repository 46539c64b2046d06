import { randomToken } from '../base/random-token.js';

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
