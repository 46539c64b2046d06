import { css } from 'lit';

/** Public `--support-…` tokens with their defaults. Inside the elements only the `--_…` names are used. */
export const tokens = css`
  :host {
    --_text: var(--support-color-text, light-dark(#1a1f26, #e8ebef));
    --_muted: var(--support-color-muted, light-dark(#57606b, #a6b0bb));
    --_surface: var(--support-color-surface, light-dark(#fff, #15181d));
    --_field: var(--support-color-field, light-dark(#fff, #1c2027));
    --_border: var(--support-color-border, light-dark(#848d98, #6c7683));
    --_line: var(--support-color-line, light-dark(#dfe3e8, #30363e));
    --_accent: var(--support-color-accent, light-dark(#2350c8, #a3bcff));
    --_on-accent: var(--support-color-on-accent, light-dark(#fff, #0b1430));
    --_link: var(--support-color-link, var(--_accent));
    --_tint: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
    --_error: var(--support-color-error, light-dark(#b3261e, #ffa69e));
    --_success: var(--support-color-success, light-dark(#1a7338, #7ddb95));
    --_size: var(--support-font-size, max(16px, 1rem));
    --_space: var(--support-space, 16px);
    --_radius: var(--support-radius, 8px);
  }
`;
