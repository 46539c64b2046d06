const ERRORS = /^(vaultError|SupportError)(\$\d+)?$/;

/**
 * Leaves out what errors say to developers, where a page has no console to say it in and a sentence of the locale for each code: codes
 * and names of fields stay.
 *
 * @param only names of the chunks it is done to; all otherwise.
 */
export const quietErrors = (only) => ({
  name: 'quiet-errors',
  renderChunk(code, { name }) {
    if (only && !only.includes(name)) return null;
    const texts = [];
    const visit = (node) => {
      if (Array.isArray(node)) return node.forEach(visit);
      if (!node || typeof node.type !== 'string') return undefined;
      const { type, callee, key, value } = node;
      if ((type === 'CallExpression' || type === 'NewExpression') && ERRORS.test(callee.name ?? '')) texts.push(node.arguments[1]);
      if (type === 'Property' && key.name === 'detail') texts.push(value);
      // of a rule in a schema, which says what it is by its parameters
      if (type === 'ObjectExpression' && node.properties.some((one) => one.key?.name === 'params'))
        texts.push(node.properties.find((one) => one.key?.name === 'error')?.value);
      return Object.values(node).forEach(visit);
    };
    visit(this.parse(code));
    const written = texts.filter((text) => typeof text?.value === 'string' || text?.type === 'TemplateLiteral');
    if (!written.length) return null;
    let quiet = code;
    for (const { start, end } of written.sort((a, b) => b.start - a.start)) quiet = `${quiet.slice(0, start)}""${quiet.slice(end)}`;
    return { code: quiet, map: null };
  },
});
