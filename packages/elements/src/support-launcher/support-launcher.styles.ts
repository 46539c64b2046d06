import { css } from 'lit';

/** The button stays in the page's own type and colour; the dialog is the counter's. */
export const launcher = css`
  :host {
    display: inline-block !important;
    visibility: visible !important;
    opacity: 1 !important;
    pointer-events: auto !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([position='corner']) {
    position: fixed;
    inset-block-end: calc(1rem + env(safe-area-inset-bottom));
    inset-inline-end: 1rem;
    z-index: 1000;
  }
  button {
    box-sizing: border-box;
    min-block-size: 44px;
    padding: 0.5em 1.15em;
    border: 1px solid;
    border-radius: 99px;
    font: inherit;
    font-size: max(1em, 12px);
    color: inherit;
    -webkit-text-fill-color: currentcolor;
    background: none;
  }
  button:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  :host([position='corner']) button[part='base'] {
    color: CanvasText;
    background: Canvas;
  }
  dialog {
    position: fixed;
    inset: 0;
    container-type: inline-size;
    grid-template-rows: 100% 1px; /* always a little to scroll, so that the wheel stays in here */
    inline-size: auto;
    block-size: auto;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: none;
    background: none;
  }
  dialog[open] {
    display: grid;
  }
  dialog::backdrop {
    background: rgb(9 12 18 / 0.55);
  }
  .sheet {
    all: initial;
    box-sizing: border-box;
    display: block;
    inline-size: min(100% - 2rem, 42rem);
    max-block-size: calc(100% - 4rem);
    margin: auto;
    overflow: auto;
    overscroll-behavior: contain;
    border-radius: calc(var(--_radius) * 2);
    font-family: var(--support-font-family, inherit);
    font-size: var(--_size);
    line-height: 1.5;
    color: var(--_text);
    color-scheme: inherit;
    background: var(--_surface);
    box-shadow: var(--support-shadow, 0 24px 64px rgb(9 12 18 / 0.3));
  }
  header {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
    padding: calc(var(--_space) / 2) var(--_space);
    border-block-end: 1px solid var(--_line);
    background: inherit;
  }
  h2 {
    margin: 0;
    font-size: 1.2em;
    font-weight: var(--support-heading-weight, 700);
    line-height: 1.3;
  }
  header button {
    flex: none;
    inline-size: 44px;
    margin-inline-end: -0.5rem;
    padding: 0;
    border: 0;
    font-size: 1.6em;
    line-height: 1;
  }
  header h2 {
    flex: 1;
  }
  header .switch {
    flex: 0 1 auto;
    inline-size: auto;
    margin: 0;
    padding: 0.35em 0.9em;
    border: 1px solid var(--_border);
    font-size: 0.875em;
    font-weight: 600;
    line-height: 1.3;
  }
  .badge {
    display: inline-block;
    min-inline-size: 1.6em;
    padding-inline: 0.45em;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.8125em;
    font-weight: 700;
    line-height: 1.6;
    text-align: center;
  }
  /* the dialog's title stands there; what goes back to the list focuses the tracker's own */
  support-tracker::part(heading),
  .quiet {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  support-form::part(heading) {
    display: none;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  h2:focus-visible {
    outline: none;
  }
  [part='base']:focus-visible {
    outline-color: currentColor;
    outline-offset: -6px;
  }
  @container (width < 40rem) {
    .sheet {
      inline-size: 100%;
      block-size: calc(100% - 1.5rem);
      max-block-size: none;
      margin-block: auto 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .sheet {
      animation: rise 0.2s ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 1rem;
      }
    }
  }
`;
