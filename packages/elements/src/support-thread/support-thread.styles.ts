import { css } from 'lit';

export const threadStyles = css`
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li[data-by] {
    background: var(--_field);
  }
  li[data-by='requester'] {
    margin-inline-start: clamp(0px, 8cqi, 4em);
    border-color: transparent;
    background: var(--_tint);
  }
  [part='facts'] span {
    white-space: nowrap;
  }
  .soft strong {
    color: var(--_text);
  }
  .text {
    white-space: pre-wrap;
  }
  .late {
    color: var(--_error);
    font-weight: 600;
  }
  [part='change'],
  [part='earlier'] {
    justify-self: center;
    text-align: center;
  }
`;
