const DYNAMIC_IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;
const RETRY = `
function retryImport(url) {
  return import(url).catch(() => new Promise((done) => setTimeout(done, 1000)).then(() => import(url + '?' + Math.random())));
}`;

/** Every `import()` gets a second try, under another address each time: a browser may remember that one has failed. */
export const retryImports = () => ({
  name: 'retry-imports',
  renderChunk(code) {
    const retried = code.replace(DYNAMIC_IMPORT, (_, __, url) => `retryImport(${JSON.stringify(url)})`);
    return retried === code ? null : { code: retried + RETRY, map: null };
  },
});
