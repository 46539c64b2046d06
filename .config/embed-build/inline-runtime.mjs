/** The bundler keeps its hundred bytes of runtime in a chunk of their own: a request that every form would wait for. */
export const inlineRuntime = () => ({
  name: 'inline-runtime',
  generateBundle(_, bundle) {
    const runtime = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'rolldown-runtime');
    if (!runtime) return;
    const [, code, names] = /^(.*?);?export\{([^}]*)\};?\s*$/s.exec(runtime.code) ?? this.error('the runtime is not of the known shape');
    // a page may have put something on `Object.prototype`, which is no name of an export
    const body = code
      .replace(/for\((?:var|let) (\w+) in (\w+)\)/, 'for(let $1 of Object.keys($2))')
      .replace('{get:', '{__proto__:null,get:');
    if (body.includes(' in ')) this.error('the runtime reads inherited names');
    const locals = Object.fromEntries(names.split(',').map((name) => name.split(' as ').reverse()));
    const statement = new RegExp(`import\\{([^}]*)\\}from["']\\./${runtime.fileName.split('/').pop().replaceAll('.', '\\.')}["'];?`);
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.imports.includes(runtime.fileName)) continue;
      file.code = file.code.replace(statement, (_, imported) =>
        imported
          .split(',')
          .map((name) => {
            const [from, to = from] = name.split(' as ');
            return `var ${to}=(()=>{${body};return ${locals[from] ?? from}})();`;
          })
          .join(''),
      );
      if (file.code.includes('rolldown-runtime')) this.error(`${file.fileName} imports the runtime in an unknown way`);
    }
    delete bundle[runtime.fileName];
  },
});
