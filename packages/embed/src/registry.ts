import type { SupportAdapter } from '@storefront-support/contract';
import { misconfiguredAdapter } from './misconfigured-adapter.js';
import type { EmbedOptions } from './options.js';

type Maker = (options: EmbedOptions) => Promise<SupportAdapter>;

/** Backends a tag can name beside `http`. Loaded with the first tag that names one, or that does not say enough. */
const makers = {
  __proto__: null as never,
  memory: () => import('@storefront-support/adapters/memory').then(({ MemoryAdapter }) => new MemoryAdapter()),
} satisfies Record<string, Maker> as Record<string, Maker | undefined>;

export async function lookUp(options: EmbedOptions): Promise<SupportAdapter> {
  return (await makers[options.adapter]?.(options)) ?? misconfiguredAdapter(options, ['http', ...Object.keys(makers)]);
}
