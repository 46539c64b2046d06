import { css } from 'lit';

/** What stands between a person and a ticket, and its receipt. */
export const submissionStyles = css`
  .error {
    margin-block-start: 0.35em;
    color: var(--_error);
    font-size: 0.875em;
    font-weight: 500;
  }
  #files-hint {
    margin-block-start: 0.35em;
  }
  button:hover {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  [type='submit']:hover {
    background: var(--_hover);
  }
  [part='delete'],
  [part='forget'] {
    margin-inline-start: -0.5em;
    padding-inline: 0.5em;
    border-color: transparent;
    background: none;
    color: var(--_link);
  }
  [aria-disabled='true'][type] {
    background: var(--_tint);
    color: var(--_muted);
  }
  [part='error'] {
    padding: var(--_space);
    border: 1px solid var(--_error);
    border-inline-start-width: 5px;
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_error) 5%, var(--_surface));
  }
  .calm.calm {
    border-color: var(--_border);
    background: var(--_tint);
  }
  h3 {
    margin: 0;
    font-size: 1.0625em;
  }
  [part='error'] :is(p, ul) {
    margin: 0.35em 0 0;
  }
  [part='error'] a {
    display: inline-block;
    padding-block: 0.3em;
    color: var(--_error);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.85em;
    margin-block-start: 0.85em;
  }
  @media (forced-colors: active) {
    [aria-disabled='true'][type] {
      color: GrayText;
    }
  }
  [part='receipt'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--_space);
    outline: none;
  }
  .mark {
    color: var(--_success);
  }
  .number {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1em;
    margin: 0;
    padding: 0.75em 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tint);
  }
  .number dt {
    inline-size: 100%;
  }
  .number dd {
    margin: 0;
  }
  [part='number'] {
    font-size: min(1.75em, 9cqi);
    font-weight: 700;
    line-height: 1.2;
    white-space: nowrap;
    user-select: all;
  }
  .facts {
    display: grid;
    gap: 0.35em;
  }
  @media print {
    button,
    details {
      display: none;
    }
  }
`;
