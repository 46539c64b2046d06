import { css } from 'lit';

export const vaultStyles = css`
  [part='base'] {
    padding: 0;
    background: var(--_surface);
  }
  section,
  [part='record'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6em;
    justify-items: start;
  }
  section > *,
  [part='record'] > * {
    max-inline-size: 100%;
  }
  h3 {
    color: inherit;
    font-size: 1.0625em;
  }
  ul {
    display: grid;
    gap: 0.75em;
    inline-size: 100%;
  }
  [part='request'],
  [part='record'] {
    inline-size: 100%;
    padding: 0.75em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_field);
  }
  [part='record'] {
    gap: 0.35em;
  }
  [part='request'] {
    background: var(--_tint);
  }
  [part='request'] > .actions {
    margin-block-start: 0.6em;
  }
  iframe {
    display: block;
    inline-size: 100%;
    block-size: 24em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  p + a.button {
    margin-block-start: 0.6em;
  }
  .main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .main:hover {
    background: var(--_hover);
  }
  a.button {
    display: inline-block;
    box-sizing: border-box;
    min-block-size: 2.75em;
    padding: 0.55em 1.25em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_field);
    color: inherit;
    font-weight: 600;
    text-decoration: none;
  }
  a.main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .actions {
    inline-size: 100%;
    margin-block-start: 0.35em;
  }
  .check {
    font-weight: 400;
  }
  .check:has(:focus-visible) {
    outline: none; /* the box has a ring of its own */
  }
  .care li {
    min-block-size: 0;
    padding: 0;
  }
  .care ul {
    gap: 0;
  }
  .care {
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--_accent);
  }
  details {
    inline-size: 100%;
    margin: 0;
  }
  form {
    inline-size: 100%;
  }
  [part='offer'] fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(10em, 100%), 1fr));
  }
  details > p,
  [part='save'] {
    margin-block-start: 0.75em;
  }
  details li {
    min-block-size: 0;
    padding: 0;
    font-size: 0.9375em;
  }
  select {
    inline-size: auto;
    max-inline-size: 100%;
  }
`;
