/** What several modules of one chunk are reached by, as the runtime is told: names, and what gets each as the modules fill it in. */
const EXPORTS = String.raw`\(\{((?:[\w$]+:\(\)=>[\w$]+,?)*)\}\)`;
const EXPORT = /([\w$]+):\(\)=>([\w$]+)/g;

/**
 * The bundler keeps its runtime in a chunk of its own: a request that every form would wait for. All that is used of it makes
 * namespaces, which are as well written as objects, without options that a page's `Object.prototype` could add to.
 */
export const inlineRuntime = () => ({
  name: 'inline-runtime',
  generateBundle(_, bundle) {
    const runtime = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'rolldown-runtime');
    if (!runtime) return;
    if (!/export\{[^},]*\};?\s*$/.test(runtime.code) || !runtime.code.includes('Symbol.toStringTag'))
      this.error('the runtime does more than make namespaces');
    const statement = new RegExp(`import\\{([^},]*)\\}from["']\\./${runtime.fileName.split('/').pop().replaceAll('.', '\\.')}["'];?`);
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.imports.includes(runtime.fileName)) continue;
      const [imported, names = ''] = statement.exec(file.code) ?? [];
      const maker = names.split(' as ').at(-1).replaceAll('$', '\\$');
      const call = new RegExp(`(?<![\\w$.])${maker}${EXPORTS}`, 'g');
      file.code = file.code
        .replace(imported, '')
        .replace(call, (_, exports) => `{__proto__:null,${exports.replace(EXPORT, 'get $1(){return $2}')}}`);
      if (!imported || file.code.includes('rolldown-runtime') || new RegExp(`(?<![\\w$.])${maker}\\(\\{[\\w$]+:\\(\\)=>`).test(file.code))
        this.error(`${file.fileName} uses the runtime in an unknown way`);
    }
    delete bundle[runtime.fileName];
  },
});
