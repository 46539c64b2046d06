import { css } from 'lit';

/** Colours, fields and buttons of the inbox. */
export const look = css`
  :host {
    display: block;
    --text: light-dark(#1a1f26, #e8ebef);
    --muted: light-dark(#525b66, #a6b0bb);
    --surface: light-dark(#fff, #15181d);
    --ground: light-dark(#f4f6f8, #0e1115);
    --field: light-dark(#fff, #1c2027);
    --border: light-dark(#848d98, #6c7683);
    --line: light-dark(#dfe3e8, #2c323a);
    --accent: light-dark(#2350c8, #a3bcff);
    --on-accent: light-dark(#fff, #0b1430);
    --tint: light-dark(#eef2fd, #1b2233);
    --note: light-dark(#fff6d9, #2e2810);
    --note-line: light-dark(#b58900, #c9a227);
    --note-text: light-dark(#5c4400, #f0d78a);
    --error: light-dark(#b3261e, #ffa69e);
    --error-ground: light-dark(#fdecea, #3a1714);
    --success: light-dark(#1a7338, #7ddb95);
    --radius: 8px;
    color: var(--text);
    font-family: system-ui, sans-serif;
    font-size: 1rem;
    line-height: 1.5;
    overflow-wrap: break-word;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  label {
    display: block;
    margin-block-end: 4px;
    font-weight: 600;
    font-size: 0.9375rem;
  }
  .check {
    display: flex;
    margin: 0;
    gap: 8px;
    align-items: center;
    font-weight: 400;
    min-block-size: 32px;
  }
  .check input {
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--accent);
  }
  label.button {
    display: inline-flex;
    margin: 0;
  }
  .hint,
  .muted {
    color: var(--muted);
    font-size: 0.875rem;
  }
  :is(input, textarea) + .hint {
    /* clear of the ring around what has focus */
    margin-block-start: 6px;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--field);
    color: inherit;
    font: inherit;
    font-weight: 400;
  }
  textarea {
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--error);
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--field);
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  .button:hover {
    background: var(--tint);
  }
  button.main {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  button.main:hover {
    filter: brightness(1.1);
  }
  button.danger {
    border-color: var(--error);
    color: var(--error);
  }
  button.plain {
    border-color: transparent;
    background: none;
    padding-inline: 8px;
    color: var(--accent);
  }
  button.plain:hover {
    text-decoration: underline;
  }
  button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  a {
    color: var(--accent);
  }
  .error {
    color: var(--error);
  }
  .problem {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    padding: 10px 14px;
    border: 1px solid transparent; /* seen where colours are forced */
    border-radius: var(--radius);
    background: var(--error-ground);
    color: var(--error);
  }
  .done {
    color: var(--success);
  }
  .done:not(:empty) {
    margin-block-start: 8px;
  }
  .fields {
    display: grid;
    gap: 16px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
  }
  .quiet.quiet {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    min-block-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  dialog {
    inline-size: min(560px, calc(100vw - 32px));
    padding: 24px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    color: inherit;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  q:lang(fr) {
    quotes: '«\\202f' '\\202f»';
  }
  kbd {
    display: inline-block;
    min-inline-size: 28px;
    padding: 1px 7px;
    border: 1px solid var(--border);
    border-radius: 5px;
    font: inherit;
    font-size: 0.875rem;
    text-align: center;
  }
  @media (forced-colors: active) {
    button.main {
      border-width: 2px;
    }
    button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
