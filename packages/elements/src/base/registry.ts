import { bare } from './bare.js';

const registry = customElements;

/** Kept: a page may take its own away once it has loaded this. */
export { registry as customElements };

/** False where an element of ours has the tag already, in whatever version. Throws where it is somebody else's. */
export function isFree(tag: string): boolean {
  const known = registry.get(tag);
  // elements of all versions can be told their language
  if (known && !('locale' in known.prototype)) throw new Error(`another <${tag}>`);
  return !known;
}

// fails where elements would: what throws in their own callbacks is heard by the page
if (globalThis.document) {
  document
    .createElement('p')
    .attachShadow(bare({ mode: 'open' }))
    .addEventListener('a', null as never);
  // where Event is another, as with MooTools, ours would be none
  Event.NONE.toFixed();
}
