import { css } from 'lit';

export const lendStyles = css`
  :host {
    color-scheme: inherit;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
  }
  q:lang(fr) {
    quotes: '«\\202f' '\\202f»';
  }
  .stack > button,
  .row > button {
    justify-self: start;
  }
  h1 {
    margin: 0 0 0.35em;
    font-size: 1.25em;
    line-height: 1.25;
  }
  .key,
  .notice {
    padding: 0.75em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  .wrong {
    border-color: var(--_error);
    border-inline-start-width: 5px;
  }
  .notice > :is(button, .actions) {
    margin-block-start: 0.75em;
  }
  .notice:focus {
    outline: none;
  }
  .key .soft,
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    overflow-wrap: anywhere;
  }
  pre {
    margin: 0.75em 0 0;
    padding: 0.6em 0.75em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_field);
    font-size: 0.875em;
    white-space: pre-wrap;
  }
  .main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button:hover {
    filter: brightness(0.95);
  }
  [aria-disabled='true'],
  [inert] {
    opacity: 0.7;
  }
  .secret {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .secret input {
    flex: 1 1 12em;
    inline-size: auto;
    min-inline-size: 0;
  }
  .secret .error {
    flex-basis: 100%;
    margin: 0;
  }
  .check:has(:focus-visible) {
    outline: none; /* the box has a ring of its own */
  }
  ::file-selector-button {
    min-block-size: 2.25em;
    margin-inline-end: 0.85em;
    padding-inline: 1em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-weight: 600;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
    margin-block-end: var(--_space);
    padding-block-end: var(--_space);
    border-block-end: 1px solid var(--_line);
  }
  .row > button {
    grid-column: 1 / -1;
  }
  .link {
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
  }
  ul {
    display: grid;
    gap: 0.35em;
    margin-block-start: 0.35em;
  }
  .notice li {
    min-block-size: 0;
    padding: 0;
  }
  [type='radio'] {
    min-block-size: 0;
    margin: 0;
    padding: 0;
  }
  .cards label {
    align-items: center;
    gap: 0.5em;
    margin: 0;
    padding-inline: 0.75em;
  }
  label .soft {
    display: inline;
    margin-inline-start: 0.35em;
  }
  .entry {
    position: relative;
  }
  [data-veil] {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  [data-veil='true'] {
    background: var(--_surface);
    pointer-events: auto;
  }
  .known {
    display: block;
    font-family: system-ui, sans-serif;
  }
  .cards.short {
    grid-template-columns: repeat(auto-fit, minmax(min(8em, 100%), 1fr));
  }
  [type='datetime-local'] {
    inline-size: auto;
    max-inline-size: 100%;
  }
  @container (width > 34em) {
    .row {
      grid-template-columns: 1fr 1.6fr auto;
      align-items: end;
    }
  }
`;
