import { optionNames } from './option-names.ts';

/** A script of the page. */
export const inline = (code: string): string => `<script nonce="shop">{${code}}</script>`;

/** A style sheet of the page. */
export const style = (rules: string): string => `<style>${rules}</style>`;

/** Everything that hides things, at once. */
export const KILLED = `body * { all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important;
  pointer-events: none !important; font-size: 0 !important }`;

let names: string[] | undefined;

/** Gives every option that code of ours hands to the platform a value on `Object.prototype`. */
export function polluted(value: string): string {
  names ??= optionNames();
  return inline(`for (const name of ${JSON.stringify(names)})
    Object.defineProperty(Object.prototype, name, { __proto__: null, value: ${value}, configurable: true, writable: true, enumerable: false })`);
}

/** Another copy of Lit, as the shop's own theme brings it. */
export const OTHER_LIT = `<script nonce="shop" type="module">
  import { html, render } from '/lit.js';
  const place = document.createElement('div');
  render(html\`<p>Another \${'Lit'}</p>\`, place);
  if (!place.textContent.includes('Another Lit')) throw new Error('the other Lit has not rendered');
  delete window.litHtmlVersions;
</script>`;

/** As version 1.6.1 has it: arrays become texts, texts are written by a function of its own. */
export const PROTOTYPE_JS = `
  Object.toJSON = (value) => value === undefined ? undefined : value && value.toJSON ? value.toJSON() : String(value);
  String.prototype.toJSON = function () { return '"' + this.replace(/[^ -~]/g, '?') + '"'; };
  Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null'; };
  Date.prototype.toJSON = function () { return '"' + this.getFullYear() + '"'; };
  Array.prototype.toJSON = function () { return '[' + this.map(Object.toJSON).join(', ') + ']'; };
  Array.prototype.each = function (take) { this.forEach(take); return this; };
  Function.prototype.bind = function (scope, ...given) { const self = this; return function (...more) { return self.apply(scope, [...given, ...more]); }; };`;

/** As version 1.4 has it. */
export const MOOTOOLS = `
  Array.from = function (item) { return item == null ? [] : typeof item === 'object' && 'length' in item ? Array.prototype.slice.call(item) : [item]; };
  Array.prototype.erase = function (item) { for (let i = this.length; i--;) if (this[i] === item) this.splice(i, 1); return this; };
  Function.prototype.extend = function (key, value) { this[key] = value; return this; };
  String.prototype.contains = function (text, separator) { return this.indexOf(text) > -1; };`;

/** As version 2 has it: every text stands for one occurrence, and those that none is left for go. What is random has several of each. */
export const SUGAR = `
  String.prototype.replaceAll = function (what, ...texts) { return this.split(what).reduce((before, after) => before + (texts.shift() ?? '') + after); };
  const random = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (bytes) => random(bytes).fill(251, 3, 12);`;

/** Forms whose controls stand where a form's own functions would be. */
export const CLOBBERED_FORM = ['id', 'children', 'matches', 'contains', 'closest', 'querySelectorAll']
  .map((name) => `<input name="${name}">`)
  .join('');

/** What themes of old hang on the document, in jQuery's way: by the target as they see it, and by whatever is around it. */
export const GRABBERS = `
  const on = (type, selector, take, capture) => document.addEventListener(type, (event) => {
    const found = event.target.closest && event.target.closest(selector);
    if (found && take.call(found, event) === false) { event.preventDefault(); event.stopPropagation(); }
  }, capture);
  const serialize = (form) => new URLSearchParams(new FormData(form)).toString();
  const post = (form) => { fetch('/grabbed', { method: 'POST', body: serialize(form) }); return false; };
  for (const capture of [true, false]) {
    on('submit', 'form', function () { return post(this); }, capture);
    on('click', 'button, input[type=submit], a, label', () => false, capture);
    on('keydown', 'input, textarea', ({ key }) => key !== 'Enter', capture);
    on('keypress', 'form', ({ key }) => key !== 'Enter', capture);
    on('change', 'input, select, textarea', () => false, capture);
  }`;

/** A shop's shortcuts, which leave what is typed alone where they can see that it is typed. */
export const SHORTCUTS = `
  document.addEventListener('keydown', (event) => {
    if (event.target.matches('input, textarea, select, [contenteditable]')) return;
    if (event.key.length === 1) event.preventDefault();
  });`;

/** Lies over everything but the lower end of the window. */
export const OVERLAY =
  '<div id="bar" style="position: fixed; inset: 0 0 20% 0; z-index: 2147483647; background: rgb(0 0 0 / .2)"></div>' +
  style('support-launcher { position: fixed; bottom: 10px; left: 10px }');

/** Names that browsers let stand in for members of the document. */
export const CLOBBERED = ['cookie', 'activeElement', 'hidden', 'visibilityState', 'head', 'title', 'baseURI']
  .map((name) => `<img name="${name}" alt="">`)
  .join('');

/** Puts the fragment of the page in, once our script is there. */
export const swap = `addEventListener('load', () => {
  document.querySelector('#main').innerHTML = document.querySelector('#fragment').innerHTML;
});`;
