/** What several modules of one chunk are reached by: a getter for each export, as the modules fill them in later. */
const NAMESPACE =
  '(exports=>{const names={};for(const name of Object.keys(exports))Object.defineProperty(names,name,{__proto__:null,get:exports[name]});return names})';

/**
 * The bundler keeps its runtime in a chunk of its own: a request that every form would wait for. All that is used of it makes
 * namespaces, which is done in half the bytes and without options that a page's `Object.prototype` could add to.
 */
export const inlineRuntime = () => ({
  name: 'inline-runtime',
  generateBundle(_, bundle) {
    const runtime = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'rolldown-runtime');
    if (!runtime) return;
    const names = /export\{([^},]*)\};?\s*$/.exec(runtime.code)?.[1];
    if (!names || !runtime.code.includes('Symbol.toStringTag')) this.error('the runtime does more than make namespaces');
    const statement = new RegExp(`import\\{([^}]*)\\}from["']\\./${runtime.fileName.split('/').pop().replaceAll('.', '\\.')}["'];?`);
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.imports.includes(runtime.fileName)) continue;
      file.code = file.code.replace(statement, (_, imported) => `var ${imported.split(' as ').at(-1)}=${NAMESPACE};`);
      if (file.code.includes('rolldown-runtime')) this.error(`${file.fileName} imports the runtime in an unknown way`);
    }
    delete bundle[runtime.fileName];
  },
});
