import { asSupportError } from '../base/as-support-error.js';
import type { Access } from './access.js';
import { renewStream } from './live.js';

/** Opens a session with a token that the shop has signed, once for each that is not lost on its way. An empty one ends it here. */
export async function identify(access: Access, identityToken: string): Promise<void> {
  if (identityToken !== access.identityToken) {
    access.identityToken = identityToken;
    access.identity = identityToken ? access.adapter.signIn?.openSession({ identityToken }) : undefined;
    renewStream(access.scope);
  }
  const { identity } = access;
  try {
    await identity;
  } catch (cause) {
    if (access.identity === identity) access.identity = undefined;
    // the same token is worth asking with again only where nobody has refused it
    if (asSupportError(cause).retryable && access.identityToken === identityToken) access.identityToken = '';
    throw cause;
  }
}
