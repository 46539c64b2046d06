import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { parseAst } from 'vite';
// @ts-expect-error a build script without types
import { patchDependencies } from '../../../.config/embed-build/patch-dependencies.mjs';
// @ts-expect-error a build script without types
import { pureSchemas } from '../../../.config/embed-build/pure-schemas.mjs';
// @ts-expect-error a build script without types
import { smallZod } from '../../../.config/embed-build/small-zod.mjs';

/** A guard that is taken away, and the page that must notice. */
export interface Mutant {
  /** Which guard it is. */
  guard: string;
  /** Compiled file, from `packages`, or a dependency as the build patches it. */
  file: string;
  /** Stands there once. */
  text: string;
  replacement: string;
  /** Name of the case that turns red. */
  red: string;
  /** What that case complains of. */
  because: RegExp;
  /** True where that shows at once, and not by something that is waited for in vain. */
  quick?: boolean;
}

const NOT_SHOWN = /the form is|no receipt|runs|pixels|not there|letters of|reaches/;

export const MUTANTS: readonly Mutant[] = [
  {
    guard: 'a tag that is defined already is not defined again',
    file: 'elements/dist/support-field/index.js',
    text: "isFree('support-field')",
    replacement: 'true',
    red: 'script-twice',
    because: /no support-error may be heard/,
    quick: true,
  },
  {
    guard: 'no Trusted Types policy is made where setHTML is',
    file: 'lit-html/lit-html.js',
    text: 'Element.prototype.setHTML?void 0:s?.createPolicy',
    replacement: 's?.createPolicy',
    red: 'csp-types-none',
    because: /violation: trusted-types/,
    quick: true,
  },
  {
    guard: 'templates are filled by setHTML',
    file: 'lit-html/lit-html.js',
    text: 'fill?s.setHTML(t,fill):s.innerHTML=t',
    replacement: 's.innerHTML=t',
    red: 'csp-target',
    because: /violation: require-trusted-types-for/,
  },
  {
    guard: 'a click sends where no form may be submitted',
    file: 'elements/dist/base/support-element.js',
    text: "root.addEventListener('click', submitOnClick);",
    replacement: '',
    red: 'frame-without-forms',
    because: /no receipt/,
  },
  {
    guard: 'the address that a policy forbids is noticed',
    file: 'elements/dist/support-form/support-form.js',
    text: 'this.blocked = blockedURI;',
    replacement: ';',
    red: 'csp-no-connect',
    because: /it says/,
  },
  {
    guard: 'a page without an origin is told so',
    file: 'adapters/dist/http/desk-error.js',
    text: "origin === 'null'",
    replacement: 'false',
    red: 'sandbox-opaque',
    because: /it says/,
  },
  {
    guard: "the host's display outweighs the page's",
    file: 'elements/dist/base/host.styles.js',
    text: 'display: block !important;',
    replacement: 'display: block;',
    red: 'css-none',
    because: /is 0 by 0 pixels/,
  },
  {
    guard: 'a form that the page hides is waited for by its parent',
    file: 'embed/dist/types/embed.js',
    text: "(getComputedStyle(tag).display === 'none' && !tag.hidden && tag.parentElement) || tag",
    replacement: 'tag',
    red: 'css-children-none',
    because: /the form is not there/,
  },
  {
    guard: "the host's opacity outweighs the page's",
    file: 'elements/dist/base/host.styles.js',
    text: 'opacity: 1 !important;',
    replacement: '',
    red: 'css-invisible',
    because: /is transparent by support-form/,
  },
  {
    guard: 'inherited styles end at the root',
    file: 'elements/dist/base/host.styles.js',
    text: 'all: initial;',
    replacement: '',
    red: 'css-letters',
    because: /letter-spacing/,
    quick: true,
  },
  {
    guard: 'the root runs as its language does',
    file: 'elements/dist/support-form/form-view.js',
    text: '<div part="base" dir=${language.dir} lang',
    replacement: '<div part="base" lang',
    red: 'css-direction',
    because: /runs rtl/,
  },
  {
    guard: "the dialog is in the browser's top layer",
    file: 'elements/dist/support-launcher/support-launcher.js',
    text: 'this.dialog.showModal();',
    replacement: 'this.dialog.show();',
    red: 'css-overlay',
    because: /reaches div#bar/,
  },
  {
    guard: 'bare(): options of elements have no prototype',
    file: 'elements/dist/base/bare.js',
    text: 'Object.assign(Object.create(null), options)',
    replacement: 'Object.assign({}, options)',
    red: 'polluted-texts',
    because: /./,
  },
  {
    guard: 'on(): handlers carry the options of their listener',
    file: 'elements/dist/base/on.js',
    text: 'Object.assign(handler, { signal: undefined, once: false, passive: undefined, capture: false })',
    replacement: 'handler',
    red: 'polluted-launcher',
    because: NOT_SHOWN,
  },
  {
    guard: "a contact's tighter limits are its own",
    file: 'contract/dist/desk.js',
    text: 'Object.assign(Object.create(null), given)',
    replacement: '{ ...given }',
    red: 'polluted-zero',
    because: /no receipt/,
  },
  {
    guard: 'own(): options of requests have no prototype',
    file: 'adapters/dist/own.js',
    text: 'Object.assign(Object.create(null), options)',
    replacement: 'Object.assign({}, options)',
    red: 'polluted-mode',
    because: /the form is broken/,
  },
  {
    guard: 'what Lit renders with has no prototype',
    file: 'elements/dist/base/support-element.js',
    text: 'Object.setPrototypeOf(this.renderOptions, null);',
    replacement: '',
    red: 'polluted-render',
    because: /insertBefore/,
  },
  {
    guard: 'toJson() asks nobody for a toJSON',
    file: 'adapters/dist/to-json.js',
    text: 'export function toJson(value) {',
    replacement: 'export function toJson(value) { return JSON.stringify(value);',
    red: 'json-prototype-js',
    because: /no receipt|the body is/,
  },
  {
    guard: 'addresses are resolved by the tag, not by a name in the document',
    file: 'embed/dist/types/options.js',
    text: 'URL.canParse(endpoint, element.baseURI)',
    replacement: 'URL.canParse(endpoint, document.baseURI)',
    red: 'clobbered',
    because: NOT_SHOWN,
  },
  {
    guard: 'what is typed does not reach shortcuts of the page',
    file: 'elements/dist/support-field/support-field.js',
    text: 'event.stopPropagation();',
    replacement: ';',
    red: 'shortcut-keys',
    because: /the message is/,
    quick: true,
  },
  {
    guard: 'fetch is kept from when the form was there',
    file: 'adapters/dist/http/http-adapter.js',
    text: 'kept(input, init)',
    replacement: 'fetch(input, init)',
    red: 'fetch-gone-later',
    because: /no receipt/,
  },
  {
    guard: 'a page without observers is lived with',
    file: 'embed/dist/types/embed.js',
    text: '// a page without the observer, or without shadow roots',
    replacement: 'return;',
    red: 'observers-gone',
    because: /the form is not there/,
  },
  {
    guard: "another's element under a tag of ours is found out",
    file: 'elements/dist/base/registry.js',
    text: "known && !('locale' in known.prototype)",
    replacement: 'false',
    red: 'foreign-field',
    because: /no support-error was heard/,
  },
  {
    guard: "what another's launcher shows is not replaced",
    file: 'embed/dist/types/embed.js',
    text: "!tag.matches(':defined,support-form') && ",
    replacement: '',
    red: 'foreign-launcher',
    because: /has lost what was its own/,
  },
  {
    guard: 'what elements stand on is tried before one is defined',
    file: 'elements/dist/base/registry.js',
    text: ".attachShadow(bare({ mode: 'open' }))",
    replacement: '',
    red: 'shadow-gone',
    because: /uncaught/,
  },
  {
    guard: 'events are tried before an element is defined that sends some',
    file: 'elements/dist/base/registry.js',
    text: 'Event.NONE.toFixed();',
    replacement: '',
    red: 'event-replaced',
    because: /no support-error was heard/,
  },
  {
    guard: 'what cannot start says so in an event and nowhere else',
    file: 'embed/dist/types/embed.js',
    text: 'started.delete(tag);',
    replacement: 'throw cause;',
    red: 'define-throws',
    because: /unhandled rejection/,
  },
  {
    guard: 'tags that come later are met',
    file: 'embed/dist/types/embed.js',
    text: 'new MutationObserver(scan)',
    replacement: 'new MutationObserver(() => {})',
    red: 'swapped-in',
    because: /the form is not there/,
  },
  {
    guard: "tags that come later are met by functions of their own, not by a form's",
    file: 'embed/dist/types/embed.js',
    text: 'tag.contains.call(node, tag)',
    replacement: 'node.contains(tag)',
    red: 'clobbered-form',
    because: /contains is not a function/,
  },
  {
    guard: 'options of the observer of the page have no prototype',
    file: 'embed/dist/types/embed.js',
    text: '{ __proto__: null, childList: true, subtree: true }',
    replacement: '{ childList: true, subtree: true }',
    red: 'polluted-later',
    because: /the form is not there/,
  },
  {
    guard: 'options of locks have no prototype',
    file: 'elements/dist/outbox/locks.js',
    text: 'bare({ mode, ifAvailable, steal: false })',
    replacement: '{ mode, ifAvailable, steal: false }',
    red: 'polluted-texts',
    because: /is not kept/,
  },
  {
    guard: "the host's filter outweighs the page's",
    file: 'elements/dist/base/host.styles.js',
    text: 'filter: none !important;',
    replacement: '',
    red: 'css-invisible',
    because: /is transparent by support-form/,
  },
  {
    guard: "secrets are written without the page's replaceAll",
    file: 'elements/dist/outbox/ticket-keys.js',
    text: "replace(/\\+/g, '-')",
    replacement: "replaceAll('+', '-')",
    red: 'texts-sugar',
    because: /no receipt/,
  },
  {
    guard: 'Enter sends by the form of the element',
    file: 'elements/dist/support-field/support-field.js',
    text: "form?.querySelector('[type=submit]')?.click()",
    replacement: 'form?.submit()',
    red: 'outer-form',
    because: /no receipt/,
  },
  {
    guard: 'what was written on an earlier page is brought back',
    file: 'elements/dist/support-form/draft-keeper.js',
    text: '!isFresh(form) || this.#held',
    replacement: 'true',
    red: 'gone-back',
    because: /the message is ""/,
  },
];

/** Other languages, other backends, and what tells theme developers: no case asks for them. */
const NOT_ASKED_FOR = /^\.\/((fr|es|it|de|pt|pl|nl|cs|ar|he)(-[a-z]+)?|registry|doctor\/doctor)\.js$/;

/** What may hold a guard, and what the real build changes. */
const STEPPED = /\/(packages\/\w+\/dist|node_modules\/(lit|@lit|lit-[a-z]+))\/.+\.js$/;

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));

/** A step of the real build, for one file. */
interface BuildStep {
  transform(this: { error(reason: string): never; parse: typeof parseAst }, code: string, id: string): { code: string } | null;
}

/** The embed file and its chunks by path, from what is compiled, with one guard taken away. Rejects where that does not stand there once. */
export async function bundleWithout(mutant?: Mutant): Promise<Map<string, Uint8Array>> {
  let planted = !mutant;
  const steps: BuildStep[] = [patchDependencies(), pureSchemas()];
  const schemas = smallZod();
  const fail = (reason: string): never => {
    throw new Error(reason);
  };
  const plugin: Plugin = {
    name: 'plant',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^zod\/mini$/ }, ({ path: name }) => ({ path: schemas.resolveId(name) as string, namespace: 'schemas' }));
      onLoad({ filter: /./, namespace: 'schemas' }, async ({ path: file }) => ({
        contents: (await schemas.load(file)) as string,
        loader: 'js',
      }));
      onResolve({ filter: /^\.\// }, ({ path: name }) => (NOT_ASKED_FOR.test(name) ? { path: name, external: true } : undefined));
      onLoad({ filter: STEPPED }, async ({ path: file }) => {
        let contents = await readFile(file, 'utf8');
        for (const step of steps) contents = step.transform.call({ error: fail, parse: parseAst }, contents, file)?.code ?? contents;
        if (mutant && file.endsWith(`/${mutant.file}`)) {
          if (contents.split(mutant.text).length !== 2) fail(`"${mutant.guard}": ${mutant.file} does not hold this once: ${mutant.text}`);
          contents = contents.replace(mutant.text, () => mutant.replacement);
          planted = true;
        }
        return { contents, loader: 'js' };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: { embed: path.join(packages, 'embed/dist/types/embed.js') },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    outdir: '/',
    chunkNames: 'c/[name]-[hash]',
    logLevel: 'error',
    plugins: [plugin],
  });
  if (!planted) throw new Error(`"${mutant?.guard}": ${mutant?.file} is not part of the build`);
  return new Map(outputFiles.map(({ path: name, contents }) => [name, contents]));
}
