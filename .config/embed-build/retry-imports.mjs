const DYNAMIC_IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;
const RETRY = `
function retryImport(url) {
  return import(url).catch(() => new Promise((done) => setTimeout(done, 1000)).then(() => import(url + '?' + (Date.now() / 1000 | 0))));
}`;

/**
 * Every `import()` gets a second try, under another address: a browser may remember that the first one failed. The address
 * names the second, so that imports which fail together share one try, and a later one is new.
 */
export const retryImports = () => ({
  name: 'retry-imports',
  renderChunk(code) {
    const retried = code.replace(DYNAMIC_IMPORT, (_, __, url) => `retryImport(${JSON.stringify(url)})`);
    return retried === code ? null : { code: retried + RETRY, map: null };
  },
});
