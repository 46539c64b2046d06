import { css } from 'lit';

export const composer = css`
  form {
    display: grid;
    gap: 12px;
    max-inline-size: 46rem;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
  }
  form.note {
    border: 2px dashed var(--note-line);
    background: var(--note);
  }
  form.note .hint,
  form.note .muted {
    color: var(--note-text);
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 4px;
    padding: 0;
    font-weight: 700;
  }
  input[type='radio'] {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--accent);
  }
  textarea {
    min-block-size: 140px;
  }
  .newer {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border: 2px solid var(--note-line);
    border-radius: 10px;
    background: var(--note);
    color: var(--text);
  }
  .newer .muted,
  .newer .hint {
    color: var(--note-text);
  }
  .newer .thread {
    max-block-size: 320px;
    margin-block: 4px;
    overflow: auto;
  }
  support-attachments {
    --support-font-size: 1rem;
  }
`;
