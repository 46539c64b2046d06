import { css } from 'lit';

/** How a thread looks. Notes differ in ground, edge and word, not by colour alone. */
export const thread = css`
  .thread {
    display: grid;
    gap: 12px;
    max-inline-size: 46rem;
    margin-block: 16px;
  }
  .message {
    display: grid;
    gap: 6px;
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  .message.agent {
    margin-inline-start: clamp(0px, 6%, 48px);
    border-color: color-mix(in srgb, var(--accent) 35%, var(--line));
    background: var(--tint);
  }
  .message.note {
    margin-inline-start: clamp(0px, 6%, 48px);
    border: 2px dashed var(--note-line);
    background: var(--note);
  }
  .note .tag {
    border-color: var(--note-line);
    color: var(--note-text);
    font-weight: 700;
  }
  .note .hint,
  .note .muted {
    color: var(--note-text);
  }
  .by {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    align-items: baseline;
  }
  .by .when {
    margin-inline-start: auto;
  }
  @media (width < 600px) {
    .by .hint {
      flex-basis: 100%;
      order: 1;
    }
  }
  .tag {
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 99px;
    color: var(--muted);
    font-size: 0.8125rem;
  }
  .said {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .change {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    padding-inline: 16px;
    overflow-wrap: anywhere;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .files a {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    min-block-size: 36px;
    padding: 4px 12px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    overflow-wrap: anywhere;
  }
  button.small {
    justify-self: start;
    min-block-size: 28px;
    padding: 2px 4px;
    margin-inline-start: -4px;
    font-size: 0.875rem;
    font-weight: 400;
  }
`;

export const ticket = css`
  :host {
    padding: 16px clamp(12px, 3vw, 32px) 32px;
  }
  header {
    display: grid;
    gap: 8px;
  }
  header h2 {
    font-size: 1.375rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
  }
  dl div {
    display: flex;
    gap: 6px;
    overflow-wrap: anywhere;
  }
  .number {
    flex-wrap: wrap; /* it stays in one as long as a line has room for it */
  }
  dt {
    color: var(--muted);
  }
  .back {
    justify-self: start;
    padding-block: 4px;
  }
  @media (width >= 900px) {
    .back {
      display: none;
    }
  }
  .late {
    color: var(--error);
    font-weight: 600;
  }
  details {
    max-inline-size: 46rem;
    margin-block-start: 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  summary {
    padding: 10px 16px;
    font-weight: 600;
    cursor: pointer;
  }
  summary span {
    font-weight: 400;
  }
  details form {
    padding: 4px 16px 16px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
    gap: 16px;
  }
  dialog textarea {
    min-block-size: 180px;
  }
  .part {
    max-block-size: 140px;
    padding: 8px 12px;
    overflow: auto;
    border: 1px solid var(--error);
    border-radius: var(--radius);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
