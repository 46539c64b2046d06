import { SupportError, type Desk, type TicketDraft } from '@storefront-support/contract';
import { aborted } from './abort.js';
import { loadPart } from './load-part.js';
import { invalidFields } from './refusals.js';

/** Of `checkDraft`. */
export interface DraftCheck {
  trap?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Refuses, without asking the backend, what a desk does not take: `invalid-fields`, and `looks-automated` where the field that
 * people do not see was filled in. The rules are loaded with the first draft.
 */
export async function checkDraft(draft: TicketDraft, desk: Desk, { trap, signal }: DraftCheck): Promise<void> {
  if (signal?.aborted) throw aborted(signal.reason);
  const { draftProblems } = await loadPart(import('./draft-rules.js'), signal);
  const problems = draftProblems(draft, desk);
  if (Object.keys(problems).length > 0) throw invalidFields(problems);
  if (trap) throw new SupportError('looks-automated', 'The field that people do not see was filled in.');
}
