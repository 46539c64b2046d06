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
  ol > li {
    content-visibility: auto;
    contain-intrinsic-size: auto 6em;
  }
  li[data-by] {
    background: var(--_field);
  }
  li[data-by='requester'] {
    margin-inline-start: clamp(0px, 8cqi, 4em);
    border-color: transparent;
    background: var(--_tint);
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
  [part='change'] {
    text-align: center;
  }
  [part='earlier'] {
    justify-self: center;
  }
  [part='attachment'] {
    margin-block-start: 0.5em;
    padding: 0.4em 0.75em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .name {
    flex: 1;
  }
  .name .soft {
    display: block;
  }
  canvas {
    display: block;
    max-inline-size: 100%;
    max-block-size: 18em;
    margin-block: 0.5em 0.25em;
    border-radius: calc(var(--_radius) / 2);
  }
  [part='preview'] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  [part='download'] {
    border: 0;
    background: none;
    color: var(--_accent);
  }
`;
