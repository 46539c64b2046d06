import { css } from 'lit';

/** Public `--support-…` tokens with their defaults. Inside the elements only the `--_…` names are used. */
export const tokens = css`
  :host {
    --_text: var(--support-color-text, light-dark(#223, #eef));
    --_muted: var(--support-color-muted, light-dark(#556, #abb));
    --_surface: var(--support-color-surface, light-dark(#fff, #15181d));
    --_field: var(--support-color-field, light-dark(#fff, #1c2027));
    --_border: var(--support-color-border, light-dark(#889, #778));
    --_line: var(--support-color-line, light-dark(#dde, #334));
    --_accent: var(--support-color-accent, light-dark(#24c, #abf));
    --_on-accent: var(--support-color-on-accent, light-dark(#fff, #013));
    --_hover: var(--support-color-hover, color-mix(in srgb, var(--_accent) 88%, var(--_text)));
    --_link: var(--support-color-link, var(--_accent));
    --_tint: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
    --_error: var(--support-color-error, light-dark(#b21, #fa9));
    --_success: var(--support-color-success, light-dark(#163, #7d9));
    --_size: var(--support-font-size, max(16px, 1rem));
    --_density: var(--support-density, 1);
    --_space: calc(var(--support-space, 16px) * var(--_density));
    --_control: calc(var(--support-control-size, 2.75em) * var(--_density));
    --_radius: var(--support-radius, 8px);
  }
  @media (prefers-contrast: more) {
    :host {
      --_border: var(--_text);
      --_line: var(--_text);
    }
  }
`;
