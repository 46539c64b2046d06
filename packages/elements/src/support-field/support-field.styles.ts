import { css } from 'lit';

/** Of one field: label, control, what is wrong. */
export const fieldStyles = css`
  label {
    display: block;
    font-weight: 600;
    margin-block-end: 0.3em;
  }
  .soft {
    color: var(--_muted);
    font-weight: 400;
  }
  .soft,
  .error {
    font-size: 0.875em;
  }
  p {
    margin: 0.35em 0 0;
  }
  input,
  select,
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: var(--_control);
    margin: 0;
    padding: calc(0.55em * var(--_density)) 0.75em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font: inherit;
    font-size: max(16px, 1em);
  }
  [readonly] {
    background: var(--_tint);
  }
  textarea {
    min-block-size: 9em;
    resize: vertical;
  }
  .error,
  .over {
    color: var(--_error);
    font-weight: 500;
  }
  [aria-invalid='true'] {
    border-color: var(--_error);
    outline: 1px solid var(--_error);
    outline-offset: -2px;
  }
  :is(input, select, textarea):focus-visible {
    border-color: var(--_accent);
    outline: 3px solid var(--_accent);
    outline-offset: -1px;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: var(--_control);
    margin: 0;
    padding-block: 0.25em;
    line-height: 1.35;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 1.25em;
    min-block-size: 1.25em;
    accent-color: var(--_accent);
  }
  .check ~ p {
    margin: -0.2em 0 0;
    margin-inline-start: calc(1.25em / 0.875 + 0.75em / 0.875);
  }
  .count {
    text-align: end;
  }
`;
