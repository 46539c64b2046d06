import { css } from 'lit';

/** One thing to do, in the middle of the page. */
export const card = css`
  :host {
    min-block-size: 100dvh;
    padding: 24px 16px;
    background: var(--ground);
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    inline-size: min(440px, 100%);
    margin: min(8vh, 72px) auto 0;
    padding: 28px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
  }
  h2 {
    font-size: 1rem;
  }
  .wide,
  .main {
    inline-size: 100%;
  }
  .or {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--muted);
    font-size: 0.875rem;
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--line);
  }
  .secret {
    padding: 10px 12px;
    border: 1px dashed var(--border);
    border-radius: var(--radius);
    font-family: ui-monospace, monospace;
    letter-spacing: 0.06em;
    overflow-wrap: anywhere;
    user-select: all;
  }
`;
