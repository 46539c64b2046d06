import type { SupportAdapter } from '@storefront-support/contract';
import { ourDesk, optionsOf, type EmbedOptions } from './options.js';

const made: Record<string, Promise<SupportAdapter> | undefined> = { __proto__: null as never };

/** The adapter a tag asks for: one for all tags that say the same. Rejects only when its code cannot be loaded. */
export function adapterFor(tag: Element): Promise<SupportAdapter> {
  const options = optionsOf(tag);
  const key = Object.values(options).join();
  if (tag.matches('[platform],[identity-url]'))
    import('./customer.js')
      .then(({ introduce }) => introduce(tag))
      // who cannot be introduced writes their name
      .catch(() => undefined);
  return (made[key] ??= make(tag, options).catch((cause: unknown) => {
    delete made[key];
    throw cause;
  }));
}

/** The adapter of our own server comes with the form; any other, and what to say where there is none, is looked up. */
async function make(tag: Element, options: EmbedOptions): Promise<SupportAdapter> {
  const { endpoint, desk } = options;
  if (!ourDesk(options)) return (await import('./registry.js')).lookUp(options, tag);
  const { HttpAdapter } = await import('@storefront-support/adapters/http');
  return new HttpAdapter({ endpoint, desk, online: () => navigator.onLine, origin });
}
