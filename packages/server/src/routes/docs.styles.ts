/** Style sheet of the documentation page. */
export const DOCS_STYLES = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #56606b; --line: #d9dee4; --paper: #fff; --raised: #f5f7f9; --accent: #0b5cad; --bad: #a3231b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebee; --soft: #a3adb8; --line: #343b43; --paper: #14171a; --raised: #1d2125; --accent: #7cb7f5; --bad: #ff9a90; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
header { padding-top: 3rem; padding-bottom: 0; }
h1 { margin: 0 0 .25rem; font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; letter-spacing: -.01em; }
h3 { margin: 1.25rem 0 .4rem; font-size: .8rem; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--accent); }
.lead { color: var(--soft); }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { overflow-x: auto; margin: .5rem 0; padding: .9rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; }
nav ol { display: grid; gap: .15rem; margin: 1rem 0 0; padding: 0; list-style: none; }
nav a { display: grid; grid-template-columns: 4.6rem repeat(2, minmax(0, 1fr)); gap: .15rem .75rem; padding: .35rem 0; text-decoration: none; color: inherit; border-bottom: 1px solid var(--line); }
nav a:hover code, nav a:focus-visible code { color: var(--accent); text-decoration: underline; }
nav .summary { color: var(--soft); }
.method { display: inline-block; min-width: 4.6rem; font-weight: 700; color: var(--accent); text-transform: uppercase; font-family: ui-monospace, monospace; font-size: .875em; }
article { margin: 1.25rem 0; padding: 1.1rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; }
article:target, section:target pre, tr:target { outline: 2px solid var(--accent); outline-offset: 2px; }
article h2 { margin: 0; font-size: 1.05rem; display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: baseline; }
article .title { margin: .35rem 0 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: .94rem; }
th, td { padding: .45rem .75rem .45rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
.bad { color: var(--bad); }
.note { color: var(--soft); font-size: .875rem; font-weight: 400; }
h3.name { font-size: 1rem; text-transform: none; letter-spacing: 0; color: inherit; }
@media (max-width: 36rem) {
  nav a { grid-template-columns: 4.6rem minmax(0, 1fr); }
  nav .summary { grid-column: 2; }
  table, tbody, tr, th, td { display: block; }
  th { border-bottom: 0; padding-bottom: 0; white-space: normal; }
  td { padding-top: 0; }
  thead { display: none; }
}
`;
