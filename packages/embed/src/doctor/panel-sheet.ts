const CSS_TEXT = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  inline-size: auto !important;
  block-size: auto !important;
  color-scheme: light dark !important;
  pointer-events: none !important;
  background: none !important;
}
:host(:not(:popover-open)) { display: none !important }
* { box-sizing: border-box }
section {
  position: fixed;
  inset-block: auto 0;
  inset-inline: 0;
  max-block-size: 62vh;
  padding: 0 16px 16px;
  overflow: auto;
  overscroll-behavior: contain;
  pointer-events: auto;
  border-block-start: 3px solid light-dark(#9a3412, #fdba74);
  background: light-dark(#fffdfa, #16181d);
  color: light-dark(#1c1917, #ece7e1);
  font: 15px/1.5 system-ui, sans-serif;
  box-shadow: 0 -8px 40px rgb(0 0 0 / .3);
}
@media (width >= 48rem) {
  section {
    inset-block: 16px;
    inset-inline: auto 16px;
    inline-size: 27rem;
    max-block-size: calc(100vh - 32px);
    block-size: fit-content;
    border: 1px solid light-dark(#d6cfc7, #3b3f47);
    border-block-start: 4px solid light-dark(#9a3412, #fdba74);
    border-radius: 10px;
  }
}
header {
  position: sticky;
  inset-block-start: 0;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  margin-inline: -16px;
  padding: 12px 16px;
  border-block-end: 1px solid light-dark(#e7e0d8, #2e3138);
  background: inherit;
}
h2, h3, p, ol { margin: 0; padding: 0 }
h2 { flex: 1 1 100%; font-size: 18px; line-height: 1.3 }
h2:focus { outline: none }
h3 { display: flex; gap: 8px; font-size: 15px; line-height: 1.4; overflow-wrap: anywhere }
ol { list-style: none }
li { display: flow-root; padding-block: 14px; border-block-end: 1px solid light-dark(#e7e0d8, #2e3138) }
li:last-child { border: 0 }
p { overflow-wrap: anywhere; margin-block-start: 4px }
.kind { margin: 0 0 2px; font-size: 12px; font-weight: 600; letter-spacing: .04em; color: light-dark(#9a3412, #fdba74) }
[data-weight=advice] .kind { color: light-dark(#57534e, #b4ada5) }
.place { font-size: 13px; color: light-dark(#57534e, #b4ada5) }
.said:empty { display: none }
.number {
  flex: none;
  display: inline-grid;
  place-items: center;
  min-inline-size: 22px;
  block-size: 22px;
  border-radius: 11px;
  background: light-dark(#9a3412, #fdba74);
  color: light-dark(#fff, #29160a);
  font: 700 12px/1 system-ui, sans-serif;
}
[data-weight=advice] .number { background: light-dark(#57534e, #b4ada5); color: light-dark(#fff, #16181d) }
pre {
  margin: 6px 0;
  padding: 10px 12px;
  overflow: auto;
  max-block-size: 14em;
  border: 1px solid light-dark(#d6cfc7, #3b3f47);
  border-radius: 6px;
  background: light-dark(#f6f1ea, #0d0f12);
  font: 13px/1.5 ui-monospace, monospace;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  user-select: text;
}
button {
  min-block-size: 36px;
  margin-inline-end: 6px;
  padding: 4px 12px;
  border: 1px solid light-dark(#78716c, #8a8f99);
  border-radius: 6px;
  background: light-dark(#fff, #22262d);
  color: inherit;
  font: 600 14px/1.3 system-ui, sans-serif;
  cursor: pointer;
}
:focus-visible:not(h2) { outline: 3px solid light-dark(#1d4ed8, #93c5fd); outline-offset: 2px }
.mark {
  position: fixed;
  border: 2px dashed light-dark(#c2410c, #fdba74);
  border-radius: 4px;
}
.mark .number { position: relative; inset-block-start: -11px; inset-inline-start: -2px; margin-inline-end: 3px }
`;

/** How the panel looks, whatever the page looks like. */
export function panelSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS_TEXT);
  return sheet;
}
