import { createHash } from 'node:crypto';

/**
 * Exact texts of the dependencies that would touch the page they run in: what they are, and what stands there instead.
 * A text that is no longer found fails the build, so that an upgrade cannot bring the behaviour back unnoticed.
 */
const PATCHES = {
  // A policy that cannot be made is a violation in itself, so none is tried where `setHTML` fills templates without one.
  '/lit-html/lit-html.js': [
    [
      'e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
      `e=(()=>{try{return Element.prototype.setHTML?void 0:s?.createPolicy("lit-html",{__proto__:null,createHTML:t=>t})}catch{}})(),fill=s&&Element.prototype.setHTML?{__proto__:null,sanitizer:new Sanitizer({__proto__:null,comments:true,removeElements:[],removeAttributes:[]})}:void 0`,
    ],
    ['return s.innerHTML=t,s', 'return fill?s.setHTML(t,fill):s.innerHTML=t,s'],
    ['(t.litHtmlVersions??=[]).push("3.3.3")', '0'],
    // SVG and MathML fragments, bindings in comments, in raw text and on elements as such: none of our templates has any
    ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    [
      'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
      'this.el=S.createElement(f,e),P.currentNode=this.el.content;',
    ],
    ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
    [':6===r.type&&(i=new Z(h,this,t))', ':0'],
    [',F:Z}', '}'],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['B?.(S,k)', '0'],
    ['B=t.litHtmlPolyfillSupport', 'B=0'],
  ],
  '/lit-element/lit-element.js': [
    ['(s.litElementVersions??=[]).push("4.2.2")', '0'],
    ['s.litElementHydrateSupport?.({LitElement:i})', '0'],
    ['o?.({LitElement:i})', '0'],
    ['o=s.litElementPolyfillSupport', 'o=0'],
  ],
  // Metadata on classes is what standard decorators use; the experimental ones of this code do not.
  '/@lit/reactive-element/decorators/property.js': [['"object"==typeof o?r(t,e,o):', '']],
  '/@lit/reactive-element/decorators/query.js': [
    [
      'if(r){const{get:e,set:r}="object"==typeof s?n:i??(()=>{const t=Symbol();return{get(){return this[t]},set(e){this[t]=e}}})();return t(n,s,{get(){let t=e.call(this);return void 0===t&&(t=o(this),(null!==t||this.hasUpdated)&&r.call(this,t)),t}})}',
      '',
    ],
  ],
  '/@lit/reactive-element/reactive-element.js': [
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ';'],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['(a.reactiveElementVersions??=[]).push("2.1.2")', '0'],
    ['p?.({ReactiveElement:y})', '0'],
    ['static createProperty(t,s=b){', 'static createProperty(t,s=b){Object.setPrototypeOf(s,null);'],
    [
      'if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])}',
      'this.finalized=!0,this._$Ei();',
    ],
    ['case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    ['p=a.reactiveElementPolyfillSupport', 'p=0'],
  ],
  '/zod/v4/core/registries.js': [
    ['(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());', ''],
    ['globalRegistry = globalThis.__zod_globalRegistry', 'globalRegistry = /*@__PURE__*/ registry()'],
  ],
  '/zod/v4/core/core.js': [
    ['(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});', ''],
    ['globalConfig = globalThis.__zod_globalConfig', 'globalConfig = {}'],
    ['globalThis.__zod_globalConfig?.postProcessor', 'undefined'],
    ['function _(def) {', 'function _(def) { Array.isArray(def) || Object.setPrototypeOf(def, null);'],
  ],
};

/** Modules written anew, because most of what is in them is for other browsers or other code, with the hash of the original. */
const REPLACEMENTS = {
  '/@lit/reactive-element/css-tag.js': {
    sha256: '902f8d23ab8fb24afe05596988c22941f080ab58d263e419877006e58ea6c366',
    code: `
      export class CSSResult {
        constructor(cssText) { this.cssText = cssText; }
        get styleSheet() {
          if (!this.o) (this.o = new CSSStyleSheet()).replaceSync(this.cssText);
          return this.o;
        }
      }
      export const supportsAdoptingStyleSheets = true;
      export const unsafeCSS = (text) => new CSSResult(text);
      export const css = (strings) => new CSSResult(strings[0]);
      export const adoptStyles = (root, styles) => { root.adoptedStyleSheets = styles.map((style) => style.styleSheet); };
      export const getCompatibleStyle = (style) => style;`,
  },
  // Properties are all that is decorated here, and a page's own `Reflect.decorate` is none of our business.
  '/helpers/esm/decorate.js': {
    sha256: 'e004200fc4d7b2b934163a195018714b6c39aac7acb5db55ec3c8fb973a7fc95',
    code: `
      export default (decorators, target, key) => {
        for (const decorate of decorators) {
          const descriptor = decorate(target, key);
          if (descriptor) Object.defineProperty(target, key, descriptor);
        }
      };`,
  },
};

/** Applies the patches above. `only` is what a build must contain, so that a file that moved is noticed too. */
export const patchDependencies = (only = [...Object.keys(PATCHES), ...Object.keys(REPLACEMENTS)]) => {
  const seen = new Set();
  return {
    name: 'patch-dependencies',
    transform(code, id) {
      const file = only.find((end) => id.endsWith(end));
      if (!file) return null;
      seen.add(file);
      const replacement = REPLACEMENTS[file];
      if (replacement) {
        if (createHash('sha256').update(code).digest('hex') !== replacement.sha256)
          this.error(`${file} has changed: read it and its replacement anew`);
        return { code: replacement.code, map: null };
      }
      for (const [from, to] of PATCHES[file]) {
        const [before, after, more] = code.split(from);
        if (after === undefined || more !== undefined) this.error(`${file} no longer has exactly one: ${from}`);
        code = before + to + after;
      }
      return { code, map: null };
    },
    buildEnd(error) {
      const missing = only.filter((file) => !seen.has(file));
      if (!error && missing.length) this.error(`not part of the build any more: ${missing.join(', ')}`);
    },
  };
};
