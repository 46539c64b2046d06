const COMPILED = /\/packages\/(\w+)\/dist\/(.+)\.js$/;

/**
 * Takes our own packages from their sources. What the compiler writes for each file that has decorators is the same helper
 * again and again; here there is one for all.
 * Not for Storybook, which reads everything of the configuration but `build`.
 * @param {string[]} but Packages that are taken as compiled.
 */
export const fromSources = (but = []) => ({
  name: 'from-sources',
  enforce: 'pre',
  apply: ({ build }) => !!build?.lib,
  async resolveId(source, importer, options) {
    const [scope, name] = source.split('/');
    if (scope !== '@storefront-support' || but.includes(name)) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const id = found?.id.replace(COMPILED, '/packages/$1/src/$2.ts');
    return id && this.resolve(id, importer, { ...options, skipSelf: true });
  },
});
