import { mayHoldSecret } from './may-hold-secret.js';
import type { Sending } from './secret-question.js';

/** Longer than this nobody waits for what looks for secrets. */
const PATIENCE_MS = 20_000;

/** The question to show before something is sent. Where what looks for secrets cannot be loaded, sending goes on without it. */
export async function askAboutSecrets(sending: Sending): Promise<(() => unknown) | undefined> {
  if (!mayHoldSecret(Object.values(sending.texts).join('\n'))) return undefined;
  const asked = import('./index.js').then(({ questionAbout }) => questionAbout(sending)).catch(() => undefined);
  return Promise.race([asked, new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
