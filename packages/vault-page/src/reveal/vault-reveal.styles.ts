import { css } from 'lit';

export const revealStyles = css`
  .stack[hidden] {
    display: none;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
  }
  q:lang(fr) {
    quotes: '«\\202f' '\\202f»';
  }
  .stack > button {
    justify-self: start;
  }
  h1 {
    margin: 0;
    font-size: 1.375em;
    line-height: 1.25;
  }
  h2 {
    font-size: 1.125em;
  }
  section > h2:first-child,
  .bar + h2 {
    margin-block-end: 0.5em;
  }
  section,
  .notice {
    padding: 0.75em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .notice {
    background: var(--_tint);
  }
  .wrong {
    border-color: var(--_error);
    border-inline-start-width: 5px;
  }
  .notice:focus {
    outline: none;
  }
  .main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .link {
    min-block-size: 0;
    margin-block-start: 0.75em;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
  }
  .bar,
  .item {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em 1em;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0 0 0.5em;
  }
  .line {
    padding-block: 0.75em;
    border-block-start: 1px solid var(--_line);
  }
  dt {
    font-weight: 600;
  }
  dd {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em;
    margin: 0;
    justify-items: start;
  }
  .line .item {
    flex-wrap: nowrap;
  }
  .line .item > button {
    flex: none;
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', Consolas, monospace;
    font-size: 1.0625em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  [data-value] {
    justify-self: stretch;
    margin-block-start: 0.25em;
    padding: 0.25em 0.5em;
  }
  .spelled {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(11em, 100%), 1fr));
    gap: 0.25em 1em;
    margin: 0;
    padding-inline-start: 2.5em;
    white-space: normal;
  }
  .spelled li {
    min-block-size: 0;
    padding: 0;
  }
  span[dir='ltr'] {
    display: inline-block; /* a number stays in one as long as a line has room for it */
  }
  h2 span[dir='ltr'] {
    font-size: min(1em, 7vw);
  }
  .timer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1em;
  }
  ul > li + li {
    border-block-start: 1px solid var(--_line);
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(10em, 100%), 1fr));
    column-gap: 1em;
  }
  .check {
    font-weight: 400;
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
  fieldset .error {
    grid-column: 1 / -1;
  }
  :host(vault-rows) [part='base'] {
    padding: 0.75em 0 0;
  }
  .open {
    display: grid;
    gap: 0.75em;
  }
  .open li {
    display: grid;
    gap: 0.5em;
    padding: 0.75em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tint);
  }
`;
