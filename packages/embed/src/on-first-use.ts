import { SupportError, type AttachmentPort, type SupportAdapter } from '@storefront-support/contract';
import type { EarlyAdapter } from '@storefront-support/adapters/early';

/** An adapter whose code comes with the first who writes, or with what waits to be sent: until then its desk is all that is asked of it. */
export function onFirstUse({ name, delivery, scope, desk, takesFiles }: EarlyAdapter, load: () => Promise<SupportAdapter>): SupportAdapter {
  let loading: Promise<SupportAdapter> | undefined;
  let loaded: SupportAdapter | undefined;
  const whole = async (): Promise<SupportAdapter> => {
    loading ??= load();
    try {
      return (loaded = await loading);
    } catch (cause) {
      loading = undefined;
      throw new SupportError('load-failed', 'The code that sends could not be loaded.', { cause });
    }
  };
  const files = async () => (await whole()).attachments as AttachmentPort;
  return {
    name,
    delivery,
    scope,
    getDesk: (options) => (loaded ? loaded.getDesk(options) : Promise.resolve(desk)),
    prepare: async (options) => (await whole()).prepare?.(options),
    createTicket: async (draft, options) => (await whole()).createTicket(draft, options),
    ...(takesFiles && {
      attachments: {
        withTicket: true,
        upload: async (file, options) => (await files()).upload(file, options),
        matches: async (file, resume) => (await files()).matches(file, resume),
        remove: async (resume, options) => (await files()).remove(resume, options),
      },
    }),
  };
}
