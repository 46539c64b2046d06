const DYNAMIC_IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;
const RETRY = `
function retryImport(url) {
  return import(url).catch(() => new Promise((done) => setTimeout(done, 1000)).then(() => import(url + '?' + (Date.now() >> 10))));
}`;
/** The chunk that almost every other one imports, and takes this from. */
const HOME = 'form';

/**
 * Every `import()` gets a second try, under another address: a browser may remember that the first one failed. The address
 * names the second, in 1,024 milliseconds, so that imports which fail together share one try, and a later one is new.
 */
export const retryImports = () => ({
  name: 'retry-imports',
  renderChunk(code, chunk, _, { chunks }) {
    const retried = code.replace(DYNAMIC_IMPORT, (_, __, url) => `retryImport(${JSON.stringify(url)})`);
    if (chunk.name === HOME) return { code: `${retried + RETRY}\nexport { retryImport };`, map: null };
    if (!retried.includes('retryImport(')) return null;
    const home = chunk.imports.find((name) => chunks[name]?.name === HOME);
    // both lie in one folder: an address means the same there
    const from = ` } from "./${home?.split('/').pop()}";`;
    const shared = retried.replace(from, `, retryImport${from}`);
    return { code: shared === retried ? retried + RETRY : shared, map: null };
  },
});
