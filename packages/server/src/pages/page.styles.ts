/** Of the pages that work without a script: colours, sizes and roles are those of the elements. */
export const PAGE_STYLES = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1a1f26, #e8ebef);
  --muted: light-dark(#57606b, #a6b0bb);
  --surface: light-dark(#fff, #15181d);
  --field: light-dark(#fff, #1c2027);
  --border: light-dark(#848d98, #6c7683);
  --line: light-dark(#dfe3e8, #30363e);
  --accent: light-dark(#2350c8, #a3bcff);
  --on-accent: light-dark(#fff, #0b1430);
  --tint: color-mix(in srgb, var(--accent) 7%, var(--surface));
  --error: light-dark(#b3261e, #ffa69e);
  --success: light-dark(#1a7338, #7ddb95);
  font: max(16px, 1rem)/1.5 system-ui, sans-serif;
}
*, ::before, ::after { box-sizing: border-box; }
body {
  max-width: 44rem;
  margin: 0 auto;
  padding: 2rem 1rem 4rem;
  background: var(--surface);
  color: var(--text);
  overflow-wrap: anywhere;
}
header p { margin: 0 0 1.5rem; color: var(--muted); font-weight: 600; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.2; text-wrap: balance; }
h2 { margin: 0; font-size: 1.375rem; line-height: 1.25; }
h3 { margin: 0; font-size: 1.0625rem; line-height: 1.35; }
p, ul, dl { margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--muted); font-size: 0.875em; font-weight: 400; }
.quiet { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.stack h1 { margin: 0; }
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; justify-items: start; }
.again { gap: 2rem; }
.again > * { inline-size: 100%; }
.halves { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.plain-form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.plain-form fieldset { min-inline-size: 0; margin: 0; padding: 0; border: 0; }
.plain-form label, .plain-form legend { display: block; padding: 0; margin-block-end: 0.3em; font-weight: 600; }
.plain-form :is(input, select, textarea):not([type='radio'], [type='checkbox'], .quiet input) {
  display: block;
  inline-size: 100%;
  min-block-size: 2.875em;
  margin: 0;
  padding: 0.6em 0.75em;
  border: 1px solid var(--border);
  border-radius: 8px;
  background: var(--field);
  color: inherit;
  font: inherit;
}
.plain-form textarea { min-block-size: 9em; resize: vertical; }
.plain-form ::file-selector-button {
  min-block-size: 2.25em;
  margin-inline-end: 0.85em;
  padding: 0.3em 1em;
  border: 1px solid var(--border);
  border-radius: 8px;
  background: var(--surface);
  color: inherit;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr)); gap: 0.5em; }
.plain-form .cards label {
  display: flex;
  gap: 0.75em;
  margin: 0;
  padding: 0.65em 0.85em;
  border: 1px solid var(--border);
  border-radius: 8px;
  background: var(--field);
  cursor: pointer;
}
.cards label:has(:checked) { border-color: var(--accent); background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.cards label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.cards .soft { display: block; }
[type='radio'], [type='checkbox'] { flex: none; inline-size: 1.25em; block-size: 1.25em; margin: 0.15em 0 0; accent-color: var(--accent); }
[type='radio'] { outline: none; }
.plain-form .check { display: flex; align-items: center; gap: 0.75em; min-block-size: 2.75em; margin: 0; cursor: pointer; }
.check ~ p { margin-block-start: -0.2em; margin-inline-start: calc(1.25em / 0.875 + 0.75em / 0.875); }
.hint, .fault { margin-block-start: 0.35em; }
.fault { color: var(--error); font-size: 0.875em; font-weight: 500; }
[aria-invalid='true']:not(fieldset) { border-color: var(--error) !important; box-shadow: inset 0 0 0 1px var(--error); }
.problem {
  padding: 1rem;
  border: 1px solid var(--error);
  border-inline-start-width: 5px;
  border-radius: 8px;
  background: color-mix(in srgb, var(--error) 5%, var(--surface));
}
.problem.calm { border-color: var(--accent); background: var(--tint); }
.problem :is(p, ul) { margin-block-start: 0.35em; }
.problem ul { padding: 0; list-style: none; }
.problem li a { display: inline-block; padding-block: 0.3em; color: var(--error); font-weight: 500; }
button, .button {
  display: inline-block;
  min-block-size: 2.75em;
  padding: 0.55em 1.25em;
  border: 1px solid var(--border);
  border-radius: 8px;
  background: var(--field);
  color: inherit;
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
.first { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button:hover, .button:hover { filter: brightness(0.93); }
.choices { inline-size: 100%; display: flex; flex-wrap: wrap; gap: 0.75em; }
.mark { display: block; color: var(--success); }
.number { padding: 0.75em 1em; border: 1px solid var(--line); border-radius: 8px; background: var(--tint); }
.number dt { color: var(--muted); font-size: 0.875em; }
.number dd { margin: 0; font-size: min(1.75em, 7.5vw); font-weight: 700; letter-spacing: 0.04em; line-height: 1.2; white-space: nowrap; user-select: all; }
.ways { inline-size: 100%; margin-block-start: 2rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
.ways h2 { font-size: 1.125rem; }
.ways ul { padding: 0; list-style: none; }
.ways li { padding-block: 0.4em; }
.ways li a { display: inline-block; padding-block: 0.25em; }
support-tracker, support-form { display: block; margin-block: 2.5rem; }
support-tracker::part(base), support-form::part(base) { padding: 0; }
@media (min-width: 36rem) {
  .halves { grid-template-columns: 1fr 1fr; }
}
@media (max-width: 25rem) {
  .first, .choices button { inline-size: 100%; }
}
@media not (scripting: none) {
  /* a script that does not come leaves the form behind; one that comes takes its place before it is seen */
  support-form:not(:defined) > .plain-form { animation: 1ms 4s both appear; }
  @keyframes appear { from { visibility: hidden; } }
}
`;
