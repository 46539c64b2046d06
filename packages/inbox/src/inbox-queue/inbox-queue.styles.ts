import { css } from 'lit';

export const queue = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--surface);
  }
  .tools {
    display: grid;
    gap: 10px;
    padding: 12px 16px;
    border-block-end: 1px solid var(--line);
  }
  .search {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .search input {
    flex: 1 1 8rem;
    inline-size: 0;
  }
  @media (width < 360px) {
    .search {
      flex-wrap: wrap;
    }
    .search input {
      flex-basis: 100%;
    }
  }
  summary {
    inline-size: fit-content;
    padding-block: 2px;
    color: var(--accent);
    font-weight: 600;
    font-size: 0.9375rem;
    cursor: pointer;
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr));
    gap: 10px;
    padding-block: 8px;
  }
  .list {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
  }
  li {
    border-block-end: 1px solid var(--line);
  }
  a {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
    padding: 12px 16px;
    border-inline-start: 4px solid transparent;
    color: inherit;
    text-decoration: none;
  }
  a:hover {
    background: var(--tint);
  }
  a[aria-current='true'] {
    border-inline-start-color: var(--accent);
    background: var(--tint);
  }
  a:focus-visible,
  .list:focus-visible {
    outline-offset: -3px;
  }
  .top,
  .marks {
    display: flex;
    gap: 4px 10px;
    align-items: baseline;
    justify-content: space-between;
    flex-wrap: wrap;
  }
  .marks {
    justify-content: start;
    font-size: 0.8125rem;
  }
  .who {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .when {
    color: var(--muted);
    font-size: 0.8125rem;
  }
  .when span {
    display: inline-block; /* a number stays in one as long as a line has room for it */
  }
  .subject {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .new .who,
  .new .subject {
    font-weight: 700;
  }
  .badge {
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 1em;
    color: var(--muted);
  }
  .badge.unread {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .badge.desk {
    border-color: var(--accent);
    color: var(--accent);
  }
  .badge.late {
    border-color: var(--error);
    background: var(--error-ground);
    color: var(--error);
    font-weight: 600;
  }
  .foot {
    padding: 16px;
    text-align: center;
  }
  @media (forced-colors: active) {
    a:not([aria-current='true']) {
      border-inline-start-color: Canvas;
    }
  }
`;
