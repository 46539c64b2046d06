import type { HostCase } from './host-case.ts';
import {
  CLOBBERED,
  CLOBBERED_FORM,
  GRABBERS,
  KILLED,
  MOOTOOLS,
  OTHER_LIT,
  OVERLAY,
  PROTOTYPE_JS,
  SHORTCUTS,
  SUGAR,
  inline,
  polluted,
  style,
  swap,
} from './pieces.ts';

const STRICT = "script-src 'nonce-shop' 'strict-dynamic'; connect-src {api}";
const TYPED = "require-trusted-types-for 'script'";

/** Policies, by header: works without one violation, or is told. */
const POLICIES: readonly HostCase[] = [
  {
    name: 'csp-target',
    proves: "default-src 'none' with a nonce, one address to connect to and no Trusted Types policy at all is enough for everything",
    policy: `default-src 'none'; ${STRICT}; ${TYPED}; trusted-types 'none'`,
    expected: 'works',
  },
  { name: 'csp-types-none', proves: 'no policy is made, not even tried', policy: `${TYPED}; trusted-types 'none'`, expected: 'works' },
  {
    name: 'csp-types-others',
    proves: 'an allow-list that does not name lit-html is kept to',
    policy: `${TYPED}; trusted-types shop`,
    expected: 'works',
  },
  {
    name: 'csp-types-lit',
    proves: 'an allow-list that names lit-html is fine, too',
    policy: `${TYPED}; trusted-types lit-html`,
    expected: 'works',
  },
  { name: 'csp-types-required', proves: 'Trusted Types without any allow-list are fine', policy: TYPED, expected: 'works' },
  {
    name: 'csp-types-default',
    proves: "a page's own default policy is never asked",
    policy: `${TYPED}; trusted-types default`,
    before: inline("trustedTypes.createPolicy('default', { createHTML: (text) => { throw new Error('asked for ' + text); } })"),
    expected: 'works',
  },
  {
    name: 'csp-report-only',
    proves: 'a policy that only reports has nothing to report',
    reportOnly: `default-src 'none'; ${STRICT}; ${TYPED}; trusted-types 'none'`,
    expected: 'works',
  },
  {
    name: 'csp-meta',
    proves: 'a policy in the page counts as one in a header',
    before: `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'nonce-shop' 'strict-dynamic'; connect-src *; ${TYPED}; trusted-types 'none'">`,
    expected: 'works',
  },
  {
    name: 'csp-hosts',
    proves: 'an allow-list of hosts needs the script and the desk, and no strict-dynamic',
    policy: `default-src 'self'; script-src 'nonce-shop' {embed}; connect-src {api}`,
    expected: 'works',
  },
  {
    name: 'csp-nonce-only',
    proves: 'a nonce on the script tag is passed on to what it loads',
    policy: `default-src 'none'; script-src 'nonce-shop'; connect-src {api}`,
    expected: 'works',
  },
  {
    name: 'csp-no-style',
    proves: 'nothing needs style-src',
    policy: `style-src 'none'; style-src-attr 'none'; style-src-elem 'none'; img-src 'none'; font-src 'none'; media-src 'none'`,
    expected: 'works',
  },
  {
    name: 'csp-nothing-else',
    proves: 'no worker, frame, form target, base or object is needed',
    policy: `worker-src 'none'; frame-src 'none'; child-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; manifest-src 'none'`,
    expected: 'works',
  },
  {
    name: 'csp-launcher',
    proves: 'the launcher and its dialog live with the strictest policy',
    tag: 'support-launcher',
    policy: `default-src 'none'; ${STRICT}; ${TYPED}; trusted-types 'none'`,
    expected: 'works',
  },
  {
    name: 'csp-no-connect',
    proves: 'without connect-src the form names the origin to add and shows the link',
    policy: "default-src 'none'; script-src 'nonce-shop' 'strict-dynamic'",
    expected: 'told',
    says: /connect-src http:\/\/localhost:\d+/,
    browserSays: /violat|connect-src|Content.Security.Policy/i,
  },
  {
    name: 'csp-connect-self',
    proves: 'so it does where only the shop may be asked',
    policy: "connect-src 'self'",
    expected: 'told',
    says: /connect-src http:\/\/localhost:\d+/,
    browserSays: /violat|connect-src|Content.Security.Policy/i,
  },
  {
    name: 'csp-no-script',
    proves: 'a policy that refuses our script leaves the link',
    policy: "script-src 'nonce-shop'",
    script: '<script type="module" src="{script}"></script>',
    expected: 'told',
    silent: true,
    browserSays: /violat|script-src|Content.Security.Policy|blocked/i,
  },
  {
    name: 'sandbox-by-header',
    proves: 'a page sandboxed by its policy is a page like another',
    policy: 'sandbox allow-scripts allow-same-origin allow-forms',
    browserSays: /can escape its sandboxing/,
    expected: 'works',
  },
  {
    name: 'sandbox-opaque',
    proves: 'a page without an origin is told that no desk can allow it',
    policy: 'sandbox allow-scripts allow-forms',
    expected: 'told',
    says: /allow-same-origin/,
    browserSays: /403|Failed to load resource/,
  },
  {
    name: 'frame-sandboxed',
    proves: 'a sandboxed frame that keeps its origin has a whole form',
    walk: 'frame',
    frame: 'sandbox="allow-scripts allow-same-origin allow-forms"',
    browserSays: /can escape its sandboxing/,
    expected: 'works',
  },
  {
    name: 'frame-without-forms',
    proves: 'a frame that may submit no form sends by its button',
    walk: 'frame',
    frame: 'sandbox="allow-scripts allow-same-origin"',
    browserSays: /can escape its sandboxing/,
    expected: 'works',
  },
  {
    name: 'sandbox-without-forms-enter',
    proves: 'and a page that may submit no form sends by the Enter key',
    walk: 'enter',
    policy: 'sandbox allow-scripts allow-same-origin',
    browserSays: /can escape its sandboxing/,
    expected: 'works',
  },
  {
    name: 'isolated',
    proves: 'a page isolated from other origins may load and send',
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'permissions-policy': 'camera=()',
    },
    // such a page begins a history of its own
    ownDoing: /the page's history: 2 -> 1/,
    expected: 'works',
  },
];

/** Others of the same kind on the page. */
const OTHERS: readonly HostCase[] = [
  { name: 'plain', proves: 'a page with nothing in the way: what all others are held against', expected: 'works' },
  { name: 'lit-before', proves: 'another copy of Lit before ours renders, and so do we', before: OTHER_LIT, expected: 'works' },
  { name: 'lit-after', proves: 'another copy of Lit after ours renders, and so do we', after: OTHER_LIT, expected: 'works' },
  {
    name: 'lit-before-typed',
    proves: 'another copy of Lit may have taken the only policy that is allowed',
    policy: `${TYPED}; trusted-types lit-html`,
    before: OTHER_LIT,
    expected: 'works',
  },
  {
    name: 'lit-after-typed',
    proves: 'the only policy that is allowed is left to another copy of Lit',
    policy: `${TYPED}; trusted-types lit-html`,
    after: OTHER_LIT,
    expected: 'works',
  },
  {
    name: 'script-twice',
    proves: 'the script may be there twice, from two places and with all that it loads',
    script: `<script nonce="shop" type="module" src="{script}"></script><script nonce="shop" type="module" src="{again}"></script>`,
    expected: 'works',
  },
  {
    name: 'foreign-form',
    proves: "another's element under our tag is left alone, and the link with it",
    before: inline("customElements.define('support-form', class extends HTMLElement {})"),
    expected: 'told',
  },
  {
    name: 'foreign-field',
    proves: "another's element under the name of a part of ours is found out before a form without fields is shown",
    before: inline("customElements.define('support-field', class extends HTMLElement {})"),
    expected: 'told',
  },
  {
    name: 'foreign-launcher',
    proves: "another's launcher under our tag keeps what it shows",
    tag: 'support-launcher',
    before: inline(
      "customElements.define('support-launcher', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<p>Theirs</p><slot></slot>'; } }); addEventListener('support-error', ({ target }) => { if (!target.shadowRoot.querySelector('p')) console.log('the launcher has lost what was its own'); }, true)",
    ),
    expected: 'told',
  },
];

/** Style sheets of the page. */
const STYLES: readonly HostCase[] = [
  { name: 'css-unset', proves: '`* { all: unset }` leaves a form', before: style('* { all: unset }'), expected: 'works' },
  { name: 'css-unset-important', proves: 'so it does with weight', before: style('body * { all: unset !important }'), expected: 'works' },
  {
    name: 'css-none',
    proves: '`display: none !important` on everything does not reach us',
    before: style('body * { display: none !important }'),
    expected: 'works',
  },
  {
    name: 'css-children-none',
    proves: '`body > * { display: none }` does not reach us',
    before: style('body > * { display: none }'),
    expected: 'works',
  },
  {
    name: 'css-hidden-shown',
    proves: 'a page that shows what is `hidden` changes nothing inside',
    tag: 'support-launcher',
    before: style('[hidden], dialog, template { display: block !important }'),
    expected: 'works',
  },
  {
    name: 'css-font-zero',
    proves: 'letters keep their size',
    before: style('html, body * { font-size: 0 !important; line-height: 0 !important }'),
    expected: 'works',
  },
  {
    name: 'css-direction',
    proves: 'a page that runs the other way does not turn our language round',
    before: style('* { direction: rtl !important; unicode-bidi: bidi-override !important }'),
    expected: 'works',
  },
  {
    name: 'css-no-pointer',
    proves: 'clicks arrive',
    before: style('* { pointer-events: none !important; user-select: none !important }'),
    expected: 'works',
  },
  {
    name: 'css-invisible',
    proves: 'visibility, opacity, filters and clips of the page stay outside',
    before: style(
      'body * { visibility: hidden !important; opacity: 0 !important; filter: opacity(0) !important; clip-path: inset(50%) !important; transform: scale(0) !important }',
    ),
    expected: 'works',
  },
  {
    name: 'css-letters',
    proves: 'inherited styles of text stay outside',
    before: style(
      '* { text-indent: -120px !important; letter-spacing: -1em !important; color: transparent !important; white-space: nowrap !important; text-transform: uppercase !important; word-spacing: -9em !important }',
    ),
    expected: 'works',
  },
  {
    name: 'css-controls',
    proves: "a page's rules for its own controls stay outside",
    before: style(
      'input, textarea, button, label, fieldset, form, ::part(control) { display: none !important; position: fixed !important; left: -9999px !important }',
    ),
    expected: 'works',
  },
  {
    name: 'css-launcher',
    proves: 'the launcher and its dialog withstand them all at once',
    tag: 'support-launcher',
    before: style(KILLED),
    expected: 'works',
  },
  {
    name: 'css-overlay',
    proves: 'the dialog lies over the highest z-index of the page',
    tag: 'support-launcher',
    after: OVERLAY,
    expected: 'works',
  },
  {
    name: 'css-transformed',
    proves: 'the dialog is not caught in transformed, clipped and contained ancestors',
    tag: 'support-launcher',
    around:
      '<div style="transform: translateX(40px) scale(.95); filter: blur(0); overflow: hidden; height: 60px; contain: paint; will-change: transform">{tag}</div>',
    expected: 'works',
  },
  { name: 'quirks', proves: 'a page without a doctype has a whole form', doctype: '', expected: 'works' },
];

/** Scripts of the page that change what scripts of others find. */
const LIBRARIES: readonly HostCase[] = [
  {
    name: 'polluted-texts',
    proves: 'no option is read from Object.prototype, where every name of an option has a text',
    before: polluted("'polluted'"),
    expected: 'works',
  },
  { name: 'polluted-true', proves: 'so it is with `true`', before: polluted('true'), expected: 'works' },
  { name: 'polluted-zero', proves: 'so it is with 0', before: polluted('0'), expected: 'works' },
  { name: 'polluted-functions', proves: 'so it is with a function', before: polluted('() => {}'), expected: 'works' },
  { name: 'polluted-aborted', proves: 'so it is with an aborted signal', before: polluted('AbortSignal.abort()'), expected: 'works' },
  {
    name: 'polluted-launcher',
    proves: 'the launcher reads no inherited option either',
    tag: 'support-launcher',
    before: polluted("'polluted'"),
    expected: 'works',
  },
  {
    name: 'polluted-later',
    proves: 'a tag that comes later is met on such a page, too',
    before: polluted("'polluted'"),
    around: '<div id="main"></div><template id="fragment">{tag}</template>',
    after: inline(swap),
    expected: 'works',
  },
  {
    name: 'polluted-signal',
    proves: 'an inherited aborted signal does not silence our listeners',
    before: inline('Object.prototype.signal = AbortSignal.abort()'),
    walk: 'enter',
    expected: 'works',
  },
  {
    name: 'polluted-mode',
    proves: 'an inherited mode does not take our headers away',
    before: inline("Object.prototype.mode = 'no-cors'"),
    expected: 'works',
  },
  {
    name: 'polluted-render',
    proves: 'an inherited renderBefore does not keep Lit from rendering',
    before: inline('Object.prototype.renderBefore = document.head'),
    expected: 'works',
  },
  {
    name: 'polluted-once',
    proves: 'inherited options of listeners do not end them',
    before: inline('Object.prototype.once = Object.prototype.passive = Object.prototype.capture = true'),
    expected: 'works',
  },
  {
    name: 'json-prototype-js',
    proves: "Prototype.js's toJSON of arrays, texts and dates changes no byte",
    before: inline(PROTOTYPE_JS),
    expected: 'works',
  },
  {
    name: 'json-object',
    proves: 'a toJSON on Object.prototype changes no byte',
    before: inline("Object.prototype.toJSON = function () { return 'polluted'; }"),
    expected: 'works',
  },
  {
    name: 'array-mootools',
    proves: 'the Array.from of MooTools, which maps nothing, is not relied on',
    before: inline(MOOTOOLS),
    expected: 'works',
  },
  {
    name: 'texts-sugar',
    proves: "Sugar's replaceAll, which replaces one occurrence by each text, makes no secret shorter",
    before: inline(SUGAR),
    expected: 'works',
  },
  {
    name: 'frozen',
    proves: 'frozen prototypes are written around',
    before: inline('for (const each of [Object, Array, Function, Promise, Error, Event, HTMLElement]) Object.freeze(each.prototype)'),
    expected: 'works',
  },
  {
    name: 'clobbered',
    proves: 'names of images and forms do not stand in for members of the document',
    after: CLOBBERED,
    expected: 'works',
  },
  {
    name: 'clobbered-form',
    proves: 'a form that comes later, with ours in it, may have controls called like its own functions',
    around: `<div id="main"></div><template id="fragment"><form action="/theirs">${CLOBBERED_FORM}{tag}</form></template>`,
    after: inline(swap),
    expected: 'works',
  },
  {
    name: 'jquery-grabbers',
    proves: 'handlers of the page for submit, click and keys do not take what is ours',
    before: inline(GRABBERS),
    expected: 'works',
  },
  { name: 'shortcut-keys', proves: "a page's shortcuts do not eat what is typed", before: inline(SHORTCUTS), expected: 'works' },
  {
    name: 'outer-form',
    proves: 'a form of the page around ours is neither sent nor filled by it',
    around: '<form id="theirs" action="/theirs"><input name="q"><button>Search</button>{tag}</form>',
    walk: 'enter',
    expected: 'works',
  },
  {
    name: 'outer-form-grabbed',
    proves: 'so it is where that form is serialised by script',
    around: '<form id="theirs" action="/theirs" method="post"><input name="q"><button>Search</button>{tag}</form>',
    before: inline(GRABBERS),
    expected: 'works',
  },
  {
    name: 'base-elsewhere',
    proves: 'a base address of the page changes no address of ours',
    before: '<base href="https://elsewhere.invalid/shop/" target="_blank">',
    expected: 'works',
  },
];

/** Functions of the platform that are changed or gone, before our script or after it. */
const NATIVES: readonly HostCase[] = [
  {
    name: 'fetch-wrapped',
    proves: 'a wrapped fetch is used as it is',
    before: inline(
      'const real = fetch; window.fetch = function (input, init) { return real.call(this, input, init).then((answer) => answer); }',
    ),
    expected: 'works',
  },
  {
    name: 'fetch-gone',
    proves: 'without fetch people are told',
    before: inline('delete window.fetch'),
    expected: 'told',
    says: /cannot be shown right now/,
  },
  {
    name: 'fetch-throws',
    proves: 'so they are where it throws',
    before: inline("window.fetch = () => { throw new Error('no') }"),
    expected: 'told',
    says: /cannot be shown right now/,
  },
  {
    name: 'fetch-gone-later',
    proves: 'a fetch that goes once the form is there has been kept',
    late: 'delete window.fetch',
    expected: 'works',
  },
  {
    name: 'fetch-throws-later',
    proves: 'so has one that is replaced by what throws',
    late: "window.fetch = () => { throw new Error('no') }",
    expected: 'works',
  },
  {
    name: 'promise-replaced',
    proves: 'a Promise of another make is good enough',
    before: inline('window.Promise = class extends Promise { }'),
    expected: 'works',
  },
  {
    name: 'promise-gone',
    proves: 'without Promise the link is left, in silence',
    before: inline('delete window.Promise'),
    expected: 'told',
  },
  {
    name: 'define-wrapped',
    proves: 'a wrapped define is used as it is',
    before: inline('const { define } = customElements; customElements.define = function (...given) { return define.apply(this, given); }'),
    expected: 'works',
  },
  {
    name: 'define-throws',
    proves: 'where nothing can be defined the link is left',
    before: inline("customElements.define = () => { throw new Error('no') }"),
    expected: 'told',
  },
  {
    name: 'elements-gone',
    proves: 'without custom elements the link is left',
    before: inline("Object.defineProperty(window, 'customElements', { value: undefined })"),
    expected: 'told',
  },
  {
    name: 'elements-gone-later',
    proves: 'a form that is there does without',
    late: "Object.defineProperty(window, 'customElements', { value: undefined })",
    expected: 'works',
  },
  {
    name: 'shadow-gone',
    proves: 'without attachShadow the link is left',
    before: inline('delete Element.prototype.attachShadow'),
    expected: 'told',
  },
  {
    name: 'shadow-throws',
    proves: 'so it is where it throws',
    before: inline("Element.prototype.attachShadow = () => { throw new Error('no') }"),
    expected: 'told',
  },
  {
    name: 'shadow-gone-launcher',
    proves: 'without attachShadow the link in a launcher is left',
    tag: 'support-launcher',
    before: inline('delete Element.prototype.attachShadow'),
    expected: 'told',
  },
  {
    name: 'shadow-wrapped',
    proves: 'a wrapped attachShadow is used as it is',
    before: inline(
      'const { attachShadow } = Element.prototype; Element.prototype.attachShadow = function (...given) { return attachShadow.apply(this, given); }',
    ),
    expected: 'works',
  },
  {
    name: 'listeners-wrapped',
    proves: 'a wrapped addEventListener is used as it is',
    before: inline(
      'const { addEventListener } = EventTarget.prototype; EventTarget.prototype.addEventListener = function (type, take, options) { return addEventListener.call(this, type, take && function (event) { return typeof take === "function" ? take.call(this, event) : take.handleEvent(event); }, options); }',
    ),
    expected: 'works',
  },
  {
    name: 'event-replaced',
    proves: 'where Event is another, as with MooTools 1.4 and what it keeps for 1.3, the link is left',
    before: inline('window.Event = function (event) { this.event = event; }'),
    expected: 'told',
  },
  {
    name: 'listeners-throw',
    proves: 'where nothing can be listened to the link is left',
    before: inline("EventTarget.prototype.addEventListener = () => { throw new Error('no') }"),
    expected: 'told',
  },
  {
    name: 'observers-gone',
    proves: 'a browser without observers has a form that is there from the start',
    before: inline('delete window.IntersectionObserver; delete window.MutationObserver'),
    expected: 'works',
  },
  {
    name: 'chunk-missing',
    proves: 'where the form does not load the link is left',
    script: '<script type="module" src="/half/embed.js"></script>',
    expected: 'told',
    browserSays: /404|Failed to load|Loading (module|failed)/,
  },
];

/** Pages that change under way, and what people do with them. */
const CHANGES: readonly HostCase[] = [
  {
    name: 'swapped-in',
    proves: 'a fragment put in by innerHTML has a form',
    around: '<div id="main"></div><template id="fragment">{tag}</template>',
    after: inline(swap),
    expected: 'works',
  },
  {
    name: 'swapped-again',
    proves: 'a fragment that is replaced while it is there has a form again',
    late: "const { parentElement } = document.querySelector('support-form'); parentElement.querySelector('support-form').outerHTML = parentElement.querySelector('support-form').outerHTML",
    expected: 'works',
  },
  {
    name: 'route-changed',
    proves: 'a page that changes its route by script has a form on the next one',
    late: "history.pushState({}, '', '/next'); const again = document.querySelector('support-form').cloneNode(true); document.body.replaceChildren(Object.assign(document.createElement('h1'), { textContent: 'Next' }), again)",
    path: '/next',
    expected: 'works',
  },
  { name: 'gone-back', proves: 'what was written is there again after going away and back', walk: 'back', expected: 'works' },
  {
    name: 'sender-missing',
    proves: 'where what sends does not load, nothing is submitted and the text stays',
    script: '<script type="module" src="/mute/embed.js"></script>',
    walk: 'try',
    expected: 'told',
    says: /did not load[^]*Your text is still here/,
    browserSays: /404|Failed to load|Loading (module|failed)/,
  },
  {
    name: 'handler-throws',
    proves: 'a page whose functions throw at the moment of sending gets no native submit',
    late: "Promise.all = Promise.prototype.then = JSON.stringify = () => { throw new Error('no') }",
    walk: 'try',
    expected: 'told',
    ownDoing: /\bno$/,
  },
];

export const CASES: readonly HostCase[] = [...OTHERS, ...POLICIES, ...STYLES, ...LIBRARIES, ...NATIVES, ...CHANGES];
