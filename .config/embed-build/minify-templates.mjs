import { minifyHTMLLiterals } from 'minify-literals';

/** Takes the white space out of `html` and `css` templates of our own code. */
export const minifyTemplates = () => ({
  name: 'minify-templates',
  async transform(code, id) {
    if (id.includes('/node_modules/') || !/\b(?:html|svg|css)\s*`/.test(code)) return null;
    const result = await minifyHTMLLiterals(code, { fileName: id });
    return result && { code: result.code, map: null };
  },
});
