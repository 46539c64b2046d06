const COMPILED = /\/packages\/(\w+)\/dist\/(.+)\.js$/;

/**
 * Takes our own packages from their sources. What the compiler writes for each file that has decorators is the same helper
 * again and again; here there is one for all.
 * Not for Storybook, which reads everything of the configuration but `build`.
 */
export const fromSources = () => ({
  name: 'from-sources',
  enforce: 'pre',
  apply: ({ build }) => !!build?.lib,
  async resolveId(source, importer, options) {
    if (!source.startsWith('@storefront-support/')) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const id = found?.id.replace(COMPILED, '/packages/$1/src/$2.ts');
    return id && this.resolve(id, importer, { ...options, skipSelf: true });
  },
});
