import { css } from 'lit';

export const account = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    margin-block-end: 8px;
  }
  section {
    margin-block-start: 20px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--line);
  }
  .grow {
    flex: 1;
    min-inline-size: 160px;
  }
  form.row {
    align-items: end;
  }
`;
