import { minify } from 'terser';

const ENTRY = 'embed.js';
const CLASSIC = 'embed.classic.js';
const IMPORT = /\bimport\(/g;
/** What keeps a launcher from being hidden by rarer rules of a page, before its code is there: the room for it is what finds the parts. */
const RARELY = ';visibility:visible!important;opacity:1!important;pointer-events:auto!important';

/**
 * What an import() of the entry resolves against. A classic script of another origin has no address of its own to a browser, so that
 * of its tag is taken. A script that a platform has joined with others lies elsewhere than its parts: a tag says their path, and no
 * more than the path, or whoever can put a tag into a page could have it load a script of their own.
 */
const PARTS = `
  const script = document.currentScript;
  // a page's own <img name="currentScript"> would be found first
  const at = new URL((script?.localName === 'script' && script.src) || '', document.baseURI);
  const joined = !at.pathname.match('embed.classic');
  const importPart = async (part) => {
    try {
      if (joined) at.pathname = document.querySelector('[embed-path]')?.getAttribute('embed-path') || at.pathname;
      return await import(new URL(part, at));
    } catch (cause) {
      joined && console.error('No parts at ' + at + ': embed-path');
      throw cause;
    }
  };`;

/**
 * Writes the entry a second time, as a classic script beside it, which loads the same parts: shops print `type="module"` not
 * everywhere. It leaves no globals, is no AMD module, and begins and ends so that it can be joined with other scripts.
 */
export const classicScript = () => ({
  name: 'classic-script',
  async generateBundle(_, bundle) {
    const entry = bundle[ENTRY];
    if (!entry || entry.imports.length || entry.exports.length || /\bimport\.meta\b|\bimportPart\b/.test(entry.code))
      this.error(`${ENTRY} cannot be a classic script`);
    if (!entry.code.includes(RARELY)) this.error(`${ENTRY} is not as ${CLASSIC} expects it`);
    const code = `(() => { ${PARTS} ${entry.code.replace(RARELY, '').replace(IMPORT, 'importPart(')} })();`;
    const small = await minify(code, { ecma: 2022, compress: { passes: 2, unsafe_arrows: true }, format: { comments: false } });
    this.emitFile({ type: 'asset', fileName: CLASSIC, source: `;${small.code}\n` });
  },
});
