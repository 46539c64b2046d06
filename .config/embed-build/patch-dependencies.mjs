import { createHash } from 'node:crypto';

/**
 * Exact texts of the dependencies that would touch the page they run in, or that nothing here uses: what they are, and what
 * stands there instead.
 * A text that is no longer found fails the build, so that an upgrade cannot bring the behaviour back unnoticed.
 */
const PATCHES = {
  // A policy that cannot be made is a violation in itself, so none is tried where `setHTML` fills templates without one.
  '/lit-html/lit-html.js': [
    [
      'e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
      `e=(()=>{try{return Element.prototype.setHTML?void 0:s?.createPolicy("lit-html",{__proto__:null,createHTML:t=>t})}catch{}})(),fill=s&&Element.prototype.setHTML?{__proto__:null,sanitizer:new Sanitizer({__proto__:null,comments:true,removeElements:[],removeAttributes:[]})}:void 0`,
    ],
    ['throw Error("invalid template strings array")', 'throw Error()'],
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
    ['1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))', 'i=new r.ctor(h,r.name,r.strings,this,t)'],
    ['void 0!==s&&(void 0!==s.strings?', '(void 0!==s.strings?'],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    // comments, markup that is none, names of tags put together, and text in elements that hold nothing else: no template has any
    ['v=/<(?:(!--|\\/[^a-zA-Z])|(\\/?[a-zA-Z][^>\\s]*)|(\\/?$))/g,_=/-->/g,m=/>/g,', 'v=/<\\/?[a-zA-Z][^>\\s]*/g,'],
    [
      'c===v?"!--"===u[1]?c=_:void 0!==u[1]?c=m:void 0!==u[2]?(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p):void 0!==u[3]&&(c=p):c===p?">"===u[0]?(c=n??v,d=-1)',
      'c===v?c=p:c===p?">"===u[0]?(c=v,d=-1)',
    ],
    [':c===$||c===g?c=p:c===_||c===m?c=v:(c=p,n=void 0);', ':c=p;'],
    ['let n,l="",c=v;', 'let l="",c=v;'],
    ['y=/^(?:script|style|textarea|title)$/i,', ''],
    // lists are arrays
    ['d=t=>u(t)||"function"==typeof t?.[Symbol.iterator],', 'd=u,'],
    ['B?.(S,k)', '0'],
    ['B=t.litHtmlPolyfillSupport', 'B=0'],
    ['const s=i(t).nextSibling;i(t).remove()', 'const s=t.nextSibling;t.remove()'],
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      'this._$AH.call(this.options?.host??this.element,t)',
    ],
    // templates compiled ahead of time
    ['"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)', 'this._$AC(t)'],
    // directives in attributes, and those that want to know when they leave the page
    ['function M(t,i,s=t,e){', 'function M(t,i,s=t){'],
    ['let h=void 0!==e?s._$Co?.[e]:s._$Cl;', 'let h=s._$Cl;'],
    ['h?._$AO?.(!1),', ''],
    ['h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h)', 'h._$AT(t,s)),s._$Cl=h)'],
    ['i=M(t,h._$AS(t,i.values),h,e)', 'i=M(t,h._$AS(t,i.values),h)'],
    [
      'this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}',
      'this._$AV=[],this._$AD=t}',
    ],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    [
      'get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,i,s,e){this.type=2,this._$AH=A,this._$AN=void 0,',
      'constructor(t,i,s,e){this._$AH=A,',
    ],
    [
      ',this._$Cv=e?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
      '}',
    ],
    ['for(this._$AP?.(!1,!0,s);t', 'for(;t'],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    [
      'get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,i,s,e,h){this.type=1,this._$AH=A,this._$AN=void 0,this.element=t,this.name=i,this._$AM=e,',
      'constructor(t,i,s,e,h){this._$AH=A,this.element=t,this.name=i,',
    ],
    ['t=M(this,t,i,0),o=!a(t)||t!==this._$AH&&t!==E,', 'o=!a(t)||t!==this._$AH,'],
    ['r=M(this,e[s+n],i,n),r===E&&(r=this._$AH[n]),', 'r=e[s+n],'],
    ['class I extends H{constructor(){super(...arguments),this.type=3}', 'class I extends H{'],
    ['class L extends H{constructor(){super(...arguments),this.type=4}', 'class L extends H{'],
    ['class z extends H{constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', 'class z extends H{'],
    ['if((t=M(this,t,i,0)??A)===E)return;', 't??=A;'],
    // every handler of ours carries the same options
    ['||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive', ''],
    ['{M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', '{I:k}'],
  ],
  '/lit-html/directives/repeat.js': [
    // every list of ours stands between tags and has keys, and none is drawn by a server
    ['constructor(e){if(super(e),e.type!==r.CHILD)throw Error("repeat() can only be used in text expressions")}', ''],
    [
      'let r;void 0===t?t=s:void 0!==s&&(r=s);const l=[],o=[];let i=0;for(const s of e)l[i]=r?r(s,i):i,o[i]=t(s,i),i++;return{values:o,keys:l}',
      'const l=[],o=[];for(const r of e)l.push(s(r)),o.push(t(r));return{values:o,keys:l}',
    ],
    ['render(e,s,t){return this.dt(e,s,t).values}', ''],
  ],
  '/lit-element/lit-element.js': [
    ['(s.litElementVersions??=[]).push("4.2.2")', '0'],
    ['s.litElementHydrateSupport?.({LitElement:i})', '0'],
    ['o?.({LitElement:i})', '0'],
    ['o=s.litElementPolyfillSupport', 'o=0'],
    ['i._$litElement$=!0,', ''],
    [',this._$Do=void 0', ''],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
  ],
  // who asks for an adapter here wants to hear of every other
  '/@lit/context/lib/context-request-event.js': [['this.subscribe=o??!1', 'this.subscribe=o']],
  // Metadata on classes is what standard decorators use; the experimental ones of this code do not.
  '/@lit/reactive-element/decorators/property.js': [
    [
      '"object"==typeof o?r(t,e,o):((t,e,o)=>{const r=e.hasOwnProperty(o);return e.constructor.createProperty(o,t),r?Object.getOwnPropertyDescriptor(e,o):void 0})(t,e,o)',
      'e.constructor.createProperty(o,t)',
    ],
  ],
  '/@lit/reactive-element/decorators/query.js': [
    [
      'return(n,s,i)=>{const o=t=>t.renderRoot?.querySelector(e)??null;if(r){const{get:e,set:r}="object"==typeof s?n:i??(()=>{const t=Symbol();return{get(){return this[t]},set(e){this[t]=e}}})();return t(n,s,{get(){let t=e.call(this);return void 0===t&&(t=o(this),(null!==t||this.hasUpdated)&&r.call(this,t)),t}})}return t(n,s,{get(){return o(this)}})}',
      'return()=>({get(){return this.renderRoot?.querySelector(e)??null}})',
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
    ['p=a.reactiveElementPolyfillSupport', 'p=0'],
    // names for a minifier that is not used here
    ['d=(t,s)=>t,', ''],
    ['this.hasOwnProperty(d("elementProperties"))', 'this.hasOwnProperty("elementProperties")'],
    ['this.hasOwnProperty(d("finalized"))', 'this.hasOwnProperty("finalized")'],
    ['y[d("elementProperties")]=new Map,y[d("finalized")]', 'y.elementProperties=new Map,y.finalized'],
    ['b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}', 'b={}'],
    ['"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0', 'i??t.toLowerCase()'],
    ['static getPropertyOptions(t){return this.elementProperties.get(t)??b}', ''],
    ['const t=i.getPropertyOptions(e)', 'const t=i.elementProperties.get(e)'],
    [
      'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}}',
      'u={toAttribute:(t,s)=>s===Boolean?t?"":null:t,fromAttribute:(t,s)=>s===Boolean?null!==t:t}',
    ],
    [',a=globalThis,c=a.trustedTypes,l=c?c.emptyScript:""', ''],
    ['return this.finalize(),this._$Eh&&[...this._$Eh.keys()]', 'return this.finalize(),[...this._$Eh.keys()]'],
    // converters, initial values and accessors of one's own
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['t.finalize(),void 0!==t.l&&(this.l=[...t.l]),', 't.finalize(),'],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [
      ',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}}',
      ',this.elementProperties.set(t,s);e(this.prototype,t,this.getPropertyDescriptor(t,Symbol(),s))}',
    ],
    ['if(s.state&&(s.attribute=!1),this._$Ei()', 's.state&&(s.attribute=!1),this._$Ei()'],
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)},',
    ],
    ['(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute', 'u.toAttribute'],
    [',h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;', ';'],
    ['const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,', 'this[e]=u.fromAttribute(s,t.type),'],
    [
      'requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,s,i)}',
      'requestUpdate(t,s,i){if(void 0!==t){if(!(i.hasChanged??f)(this[t],s))return;this.C(t,s,i)}',
    ],
    [
      '{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(',
      '{reflect:e}){(',
    ],
    ['this.hasUpdated||i||(s=void 0)', 'this.hasUpdated||(s=void 0)'],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    [
      'const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}',
      'this.performUpdate()}',
    ],
    [
      'get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}',
      'get updateComplete(){return this._$ES}',
    ],
    [
      'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)}',
      'const s=this._$AL;try{this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)}catch(t){throw this._$EM(),t}this._$AE(s)}',
    ],
    [
      'static finalizeStyles(s){const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i}',
      '',
    ],
    ['this.finalizeStyles(this.styles)', 'this.styles??[]'],
    ['attributeChangedCallback(t,s,i){this._$AK(t,i)}', ''],
    [',configurable:!0,enumerable:!0}', '}'],
    ['_$AK(t,s){', 'attributeChangedCallback(t,o,s){'],
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
  // Properties are all that is decorated here, each once, which `compact-decorators` counts on, and a page's own `Reflect.decorate` is none of our business.
  '/helpers/esm/decorate.js': {
    sha256: 'e004200fc4d7b2b934163a195018714b6c39aac7acb5db55ec3c8fb973a7fc95',
    code: `
      export default (decorate, target, keys) => {
        for (const key of keys.split(' ')) {
          const descriptor = decorate(target, key);
          if (descriptor) Object.defineProperty(target, key, descriptor);
        }
      };`,
  },
};

/** Every file that is patched. */
export const PATCHED = [...Object.keys(PATCHES), ...Object.keys(REPLACEMENTS)];

/** Applies the patches above. `only` is what a build must contain, so that a file that moved is noticed too. */
export const patchDependencies = (only = PATCHED) => {
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
