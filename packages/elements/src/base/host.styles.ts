import { css } from 'lit';

/** Keeps a page's kill-all rules off the host, and a page's inherited text styles out of the root; font and scheme come in. */
export const host = css`
  :host {
    display: block !important;
    visibility: visible !important;
    opacity: 1 !important;
    pointer-events: auto !important;
    filter: none !important;
    transform: none !important;
    clip-path: none !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  [part~='base'] {
    all: initial;
    display: block;
    font-family: var(--support-font-family, inherit);
    font-size: var(--_size);
    line-height: 1.5;
    color: var(--_text);
    color-scheme: inherit;
    overflow-wrap: anywhere;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host,
  * {
    scroll-margin-block: 9em; /* clear of a bar that sticks, with its label */
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .quiet {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
