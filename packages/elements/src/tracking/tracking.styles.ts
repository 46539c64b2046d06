import { css } from 'lit';

/** On top of the styles of the form and its fields, which are on the page already. */
export const trackingStyles = css`
  [hidden] {
    display: none !important;
  }
  :is(h2, h3):focus {
    outline: none;
  }
  h3 {
    margin: 0 0 0.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }
  button:hover {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  [type='submit']:hover {
    background: var(--_hover);
  }
  [aria-disabled='true'][type] {
    background: var(--_tint);
    color: var(--_muted);
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--_space);
  }
  .stack > :not(button) {
    justify-self: stretch;
  }
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
  [part='forget-all'] {
    margin-inline-start: -0.5em;
    padding-inline: 0.5em;
  }
  :is(.link, [part='delete'], [part='another'], [part^='forget']) {
    border-color: transparent;
    background: none;
    color: var(--_link);
  }
  .link {
    min-block-size: 0;
    padding: 0;
    text-decoration: underline;
  }
  .pick {
    display: inline-block;
  }
  .notice > button {
    margin-block-start: 0.75em;
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
    vertical-align: 0.15em;
  }
`;
