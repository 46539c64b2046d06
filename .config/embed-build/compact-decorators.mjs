const CALL = /^_decorate\(\[(.+?)\], (\w+)\.prototype, "(\w+)", void 0\);\n?/gms;

/**
 * The compiler writes a call for every decorated member. Here it is one for all members of a class that are decorated alike:
 * `_decorate(property(), SupportForm.prototype, "name email")`, which is what the helper of `patch-dependencies` takes.
 */
export const compactDecorators = () => ({
  name: 'compact-decorators',
  transform: {
    order: 'post',
    handler(code, id) {
      if (id.includes('/node_modules/') || !code.includes('_decorate(')) return null;
      const members = new Map();
      const rest = code.replace(CALL, (_, decorator, name, member) => {
        const like = `_decorate(${decorator}, ${name}.prototype, `;
        members.set(like, [...(members.get(like) ?? []), member]);
        return members.size === 1 && members.get(like).length === 1 ? '/*members*/' : '';
      });
      if (rest.includes('_decorate(')) this.error(`${id} has a decorator that is written in an unknown way`);
      const calls = [...members].map(([like, names]) => `${like}${JSON.stringify(names.join(' '))});\n`);
      return { code: rest.replace('/*members*/', () => calls.join('')), map: null };
    },
  },
});
