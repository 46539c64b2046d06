const SCHEMAS = /\/contract\/(?:dist|src)\/schemas\.[jt]s(?:\?apart)?$/;

/** A schema is made by calls, which a bundler keeps in case they do something. They do not: unused ones may go. */
export const pureSchemas = () => ({
  name: 'pure-schemas',
  transform(code, id) {
    if (!SCHEMAS.test(id)) return null;
    let marked = '';
    let from = 0;
    for (const statement of this.parse(code).body) {
      const { declarations = [] } = statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? {}) : statement;
      for (const { init } of declarations) {
        if (init?.type !== 'CallExpression') continue;
        marked += `${code.slice(from, init.start)}/*@__PURE__*/ (() => ${code.slice(init.start, init.end)})()`;
        from = init.end;
      }
    }
    if (!from) this.error(`${id} has no schema that could be marked`);
    return { code: marked + code.slice(from), map: null };
  },
});
