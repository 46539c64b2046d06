import { css } from 'lit';

export const zoneStyles = css`
  .title {
    display: block;
    font-weight: 600;
    margin-block-end: 0.3em;
  }
  .soft {
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.875em;
  }
  .zone {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 0.75em;
    padding: 0.75em;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .zone.over {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  .zone:focus-within {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .pick {
    display: inline-flex;
    align-items: center;
    min-block-size: 2.75em;
    padding: 0 1em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_field);
    font-weight: 600;
  }
  p {
    margin: 0.35em 0 0;
  }
`;
