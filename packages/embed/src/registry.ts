import type { SupportAdapter } from '@storefront-support/contract';
import type { EmbedOptions } from './options.js';

type Maker = (options: EmbedOptions) => Promise<SupportAdapter> | '';

/** Backends a tag can name. A maker answers with an empty string where an attribute it needs is missing. */
const makers = {
  __proto__: null as never,
  http: ({ endpoint, desk }: EmbedOptions) =>
    endpoint &&
    desk &&
    import('@storefront-support/adapters/http').then(
      ({ HttpAdapter }) => new HttpAdapter({ endpoint, desk, online: () => navigator.onLine, origin: location.origin }),
    ),
  memory: () => import('@storefront-support/adapters/memory').then(({ MemoryAdapter }) => new MemoryAdapter()),
} satisfies Record<string, Maker> as Record<string, Maker | undefined>;

const made = new Map<string, Promise<SupportAdapter>>();

/** The adapter for these options: one for all tags that say the same. Rejects only when its code cannot be loaded. */
export function adapterFor(options: EmbedOptions): Promise<SupportAdapter> {
  const key = Object.values(options).join();
  let adapter = made.get(key);
  if (!adapter) {
    adapter =
      makers[options.adapter]?.(options) ||
      import('./misconfigured-adapter.js').then(({ misconfiguredAdapter }) => misconfiguredAdapter(options, Object.keys(makers)));
    made.set(key, adapter);
    adapter.catch(() => made.delete(key));
  }
  return adapter;
}
