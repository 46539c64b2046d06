const APART = /[?&]apart$/;
const WAKE = /\/embed\/(?:src|dist\/types)\/wake\.[jt]s$/;
/** What a page loads to say how many answers are new. */
const BADGE = ['./options.js', '@storefront-support/elements/tracking', '@storefront-support/adapters/http/tickets'];
/** Never asked for by a badge. */
const SHARED = /\/ticket-changes\.js$/;

/** True of a copy that only a badge uses. */
export const isApart = (id) => APART.test(id);

/**
 * A badge needs a tenth of what the form, the tracker and their adapter are made of, spread over all their chunks. It gets a
 * copy of its own of every module it imports, so that a page that shows nothing else loads nothing else.
 */
export const apart = () => ({
  name: 'apart',
  enforce: 'pre',
  apply: ({ build }) => !!build?.lib,
  async resolveId(source, importer, options) {
    if (!importer || SHARED.test(source)) return null;
    if (!isApart(importer) && !(WAKE.test(importer) && BADGE.includes(source))) return null;
    const found = await this.resolve(source, importer.replace(APART, ''), { ...options, skipSelf: true });
    return found && { ...found, id: found.id + (found.id.includes('?') ? '&' : '?') + 'apart' };
  },
});
