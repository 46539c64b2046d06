import { css } from 'lit';

export const pictureStyles = css`
  .preview {
    display: grid;
    place-items: center;
    inline-size: 4em;
    block-size: 4em;
    margin-block: 0.25em;
    overflow: hidden;
    border-radius: calc(var(--_radius) / 2);
    background: var(--_tint);
    color: var(--_muted);
    font-size: 0.75em;
    font-weight: 600;
  }
  canvas {
    inline-size: 100%;
    block-size: 100%;
  }
  .more {
    inline-size: 100%;
    padding-block-end: 0.35em;
    padding-inline-end: 0.5em;
  }
  .why {
    font-size: 0.875em;
    color: var(--_muted);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.25em;
    margin-inline-start: -0.6em;
    font-size: 0.875em;
  }
  .choices button {
    font-size: 1em;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 3.15em;
    padding-inline: 0.6em;
    cursor: pointer;
  }
  .choices input {
    inline-size: 1.25em;
    block-size: 1.25em;
    margin: 0;
    accent-color: var(--_accent);
  }
  :is([data-state='missing'], [data-state='asking']) {
    border-color: var(--_error);
  }
  :is([data-state='missing'], [data-state='asking']) .why {
    color: var(--_error);
  }
`;
