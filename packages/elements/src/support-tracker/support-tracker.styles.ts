import { css } from 'lit';

export const trackerStyles = css`
  support-thread::part(base) {
    padding: 0;
  }
  section ul {
    border-block-start: 1px solid var(--_line);
  }
  section li {
    border-block-end: 1px solid var(--_line);
  }
  [part='ticket'] {
    inline-size: 100%;
    padding: 0.75em 0.5em;
    border: 0;
    border-radius: 0;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  [part='ticket']:hover {
    background: var(--_tint);
  }
  [part='ticket']:focus-visible {
    outline-offset: -3px;
  }
  [part='ticket'] .soft {
    display: block;
  }
  span[dir='ltr'] {
    white-space: nowrap;
  }
  [part='ticket'].new {
    font-weight: 700;
  }
  section > button {
    margin-block-start: 0.75em;
  }
`;
