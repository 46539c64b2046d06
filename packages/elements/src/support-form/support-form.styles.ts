import { css } from 'lit';

/** Of a form around its fields. */
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
  h2,
  p,
  fieldset,
  ul {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
    list-style: none;
  }
  h2 {
    font-size: var(--support-heading-size, 1.375em);
    font-weight: var(--support-heading-weight, 700);
    line-height: 1.25;
  }
  legend,
  .legend {
    display: block;
    padding: 0;
    margin-block-end: 0.3em;
    font-weight: 600;
  }
  .soft {
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }
  label .soft {
    display: block;
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
  :where(.cards) label:has(:checked) {
    border-color: var(--_accent);
    background: var(--_tint);
    outline: 1px solid var(--_accent);
    outline-offset: -2px;
  }
  label:has(:focus-visible) {
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
  .zone,
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 0.85em;
  }
  .zone {
    position: relative; /* the picker in it scrolls with it */
    padding: 0.75em;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .pick,
  button {
    min-block-size: var(--_control);
    padding: calc(0.55em * var(--_density)) 1.25em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  [type='submit'] {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  details {
    margin-block-start: var(--_space);
    border-block-start: 1px solid var(--_line);
  }
  summary,
  details li {
    min-block-size: var(--_control);
    padding-block: calc(0.55em * var(--_density));
  }
  summary {
    font-weight: 600;
    cursor: pointer;
  }
  a {
    color: var(--_link);
  }
  .skeleton div {
    block-size: 4.6em;
    border-radius: var(--_radius);
    background: var(--_line);
    opacity: 0.5;
  }
  .skeleton .tall {
    block-size: 10.9em;
  }
  .skeleton .zone {
    block-size: 12.5em;
  }
  @container (width > 34em) {
    form,
    .skeleton {
      grid-template-columns: 1fr 1fr;
    }
    :is(form, .skeleton) > :not(.half + .half, .half:has(+ .half)) {
      grid-column: 1 / -1;
    }
    .skeleton .zone {
      block-size: 5.4em;
    }
  }
  @container (width < 24em) {
    [type='submit'] {
      inline-size: 100%;
    }
  }
`;
