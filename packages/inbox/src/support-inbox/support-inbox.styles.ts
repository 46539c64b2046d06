import { css } from 'lit';

export const shell = css`
  :host {
    background: var(--ground);
  }
  .room {
    display: grid;
    grid-template-rows: auto 1fr;
    min-block-size: 100dvh;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
    padding: 8px clamp(12px, 2vw, 24px);
    border-block-end: 1px solid var(--line);
    background: var(--surface);
  }
  .bar .name {
    font-weight: 700;
  }
  .bar .desk {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .bar .desk select {
    inline-size: auto;
  }
  .bar nav {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    margin-inline-start: auto;
  }
  .bar [role='alert']:has(.problem) {
    flex-basis: 100%;
  }
  .skip {
    position: absolute;
    inset-block-end: 100%;
    z-index: 1;
  }
  .skip:focus {
    inset-block: 8px auto;
  }
  .panes {
    min-block-size: 0;
  }
  .empty {
    display: grid;
    place-content: center;
    min-block-size: 40vh;
    padding: 24px;
    color: var(--muted);
    text-align: center;
  }
  .keys {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px 16px;
    margin-block: 16px;
  }
  @media (width < 600px) {
    .shortcuts,
    .bar .name:has(+ span) {
      display: none;
    }
    .bar .name + span {
      font-weight: 700;
    }
  }
  @media (width < 900px) {
    .open inbox-queue,
    .panes:not(.open) .place {
      display: none;
    }
  }
  @media (width >= 900px) {
    .room {
      block-size: 100dvh;
    }
    .panes {
      display: grid;
      grid-template-columns: minmax(320px, 400px) 1fr;
    }
    inbox-queue {
      min-block-size: 0;
      border-inline-end: 1px solid var(--line);
    }
    .place {
      /* what is taken out of the flow scrolls along, and makes the window no longer */
      position: relative;
      min-block-size: 0;
      overflow: auto;
    }
  }
`;
