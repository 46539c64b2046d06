import type { SupportAdapter, TicketSummary } from '@storefront-support/contract';
import { css, html } from 'lit';
import { answerTexts } from '../locales/index.js';
import { ReplyBox } from './reply-box.js';
import { renderReply } from './reply-view.js';
import type { SupportThread } from './support-thread.js';
import { TicketChoices } from './ticket-choices.js';

const styles = css`
  form {
    grid-template-columns: minmax(0, 1fr) !important;
  }
  li[part='pending'] {
    margin-block-end: 0.75em;
    border: 1px dashed var(--_border);
  }
  [part='pending'] .actions {
    margin-block-start: 0.5em;
  }
  legend {
    float: inline-start;
    margin-inline-end: 1em;
    line-height: 2.75em;
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 2.75em;
    padding-inline: 0.5em;
    font-weight: 400;
    cursor: pointer;
  }
  [type='radio'] {
    inline-size: 1.15em;
    min-block-size: 0;
    margin: 0;
  }
  textarea {
    min-block-size: 5em;
  }
  [data-code='secret'] {
    margin-block-end: var(--_space);
  }
  [data-code='secret'] h3 {
    color: inherit;
    font-size: 1em;
  }
  [data-code='secret'] .actions {
    margin-block-start: 0.75em;
  }
  form button {
    justify-self: start;
  }
  :is([part='rating'], [part='close']) [type='submit'] {
    border-color: var(--_border);
    background: var(--_field);
    color: inherit;
  }
`;

/** Loads what is said, and brings back what was written; undefined where another ticket has taken its place, or none. */
export async function openAnswer(thread: SupportThread, signal: AbortSignal): Promise<Answer | undefined> {
  const text = await answerTexts(thread.language.file);
  if (signal.aborted) return undefined;
  const box = new ReplyBox(thread, thread.adapter as SupportAdapter, text);
  await box.open();
  if (signal.aborted) return void box.leave();
  thread.wear(styles);
  return new Answer(box, new TicketChoices(thread, text));
}

/** All that a person can do with a ticket: answer, close, open again, rate, ask something else. */
export class Answer {
  constructor(
    readonly box: ReplyBox,
    readonly choices: TicketChoices,
  ) {}

  render(ticket: TicketSummary): unknown {
    return html`<div>${renderReply(this.box, ticket)}</div>
      ${this.choices.render(ticket)}`;
  }

  /** Called after every rendering. */
  updated(): void {
    this.box.updated();
  }

  leave(): void {
    this.box.leave();
  }
}
