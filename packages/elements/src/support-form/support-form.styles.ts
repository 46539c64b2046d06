import { css } from 'lit';

export const formStyles = css`
  [part='base'] {
    container-type: inline-size;
    padding: var(--_space);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface);
  }
  form,
  .skeleton {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
  }
  h2 {
    margin: 0;
    font-size: 1.375em;
    line-height: 1.25;
    text-wrap: balance;
  }
  p {
    margin: 0;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 0.4em;
    font-weight: 600;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
    gap: 0.5em;
  }
  .cards label {
    display: flex;
    gap: 0.75em;
    padding: 0.65em 0.85em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_field);
    font-weight: 600;
    cursor: pointer;
  }
  .cards label:has(:checked) {
    border-color: var(--_accent);
    background: var(--_tint);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .cards label:has(:focus-visible) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  [type='radio'] {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0.2em 0 0;
    accent-color: var(--_accent);
    outline: none;
  }
  .soft {
    display: block;
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }
  .note {
    padding-inline-start: 0.85em;
    border-inline-start: 3px solid var(--_accent);
    font-size: 0.875em;
  }
  .error {
    color: var(--_error);
    font-size: 0.875em;
    font-weight: 500;
    margin-block-start: 0.35em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1em;
  }
  .main {
    min-block-size: 3em;
    padding: 0 1.5em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .main:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .main[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.75;
  }
  details {
    margin-block-start: var(--_space);
    border-block-start: 1px solid var(--_line);
  }
  summary {
    min-block-size: 2.75em;
    padding-block: 0.6em;
    font-weight: 600;
    cursor: pointer;
  }
  details ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  details a {
    display: inline-block;
    padding-block: 0.6em;
    color: var(--_accent);
  }
  details li:not(:has(a)) {
    padding-block: 0.6em;
  }
  .bone {
    block-size: 4.5em;
    border-radius: var(--_radius);
    background: var(--_line);
    opacity: 0.6;
  }
  .title {
    block-size: 1.75em;
    inline-size: 50%;
  }
  .line {
    block-size: 3em;
  }
  .card {
    block-size: 11em;
  }
  .tall {
    block-size: 11em;
  }
  .zone {
    block-size: 8em;
  }
  @container (min-width: 34em) {
    form,
    .skeleton {
      grid-template-columns: 1fr 1fr;
    }
    form > :not(.half),
    .skeleton > :not(.half) {
      grid-column: 1 / -1;
    }
    .card {
      block-size: 7em;
    }
  }
  @media (max-width: 30em) {
    .main {
      inline-size: 100%;
    }
  }
`;
