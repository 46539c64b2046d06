import { css } from 'lit';

export const attachmentsStyles = css`
  .zone {
    display: block;
    padding: 0.75em;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
  }
  [type='file'] {
    max-inline-size: 100%;
  }
  :host([dragging]) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
    border-radius: var(--_radius);
  }
  .soft,
  .error,
  .note {
    display: block;
    margin: 0.35em 0 0;
    font-size: 0.875em;
    color: var(--_muted);
  }
  .error {
    color: var(--_error);
    font-weight: 500;
  }
  ul {
    display: grid;
    gap: 0.5em;
    margin: 0.75em 0 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
    padding-block: 0.25em;
    padding-inline: 0.75em 0.25em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  li > div:not([class]) {
    flex: 1 1 6em;
    min-inline-size: 0;
  }
  .name {
    display: block;
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .note {
    margin: 0;
  }
  [data-state='failed'],
  [data-state='refused'] {
    border-color: var(--_error);
  }
  :is([data-state='failed'], [data-state='refused']) .note {
    color: var(--_error);
  }
  [data-state='done'] .note::before {
    content: '✓ ' / '';
    color: var(--_success);
    font-weight: 700;
  }
  .buttons {
    display: flex;
  }
  progress {
    appearance: none;
    inline-size: calc(100% - 0.5em);
    block-size: 4px;
    margin-block: 0.25em 0.35em;
    border: 0;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size 0.2s;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  button {
    display: grid;
    place-items: center;
    min-inline-size: 3.15em;
    min-block-size: 3.15em;
    padding: 0 0.6em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    color: var(--_link);
    font: inherit;
    font-size: 0.875em;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    background: var(--_tint);
  }
  button:disabled {
    color: var(--_muted);
    cursor: default;
  }
  @media (prefers-reduced-motion: reduce) {
    progress::-webkit-progress-value {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    progress {
      block-size: 8px;
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
