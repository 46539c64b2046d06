import type { Page } from 'playwright-core';
import { codeOf, type TestAgent } from './agent-browser.ts';

/** What an authenticator in tests is; its passkeys can encrypt. */
export const AUTHENTICATOR = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  hasPrf: true,
  isUserVerified: true,
} as const;

/** Gives the browser of a page an authenticator who is there whenever it is asked. */
export async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...AUTHENTICATOR, automaticPresenceSimulation: true } });
}

/** Registers a passkey of the page's authenticator for an agent, at the inbox. */
export async function addPasskey(page: Page, inboxUrl: string, { email, password, secret }: TestAgent): Promise<void> {
  // any page of the origin will do
  await page.goto(`${inboxUrl}/healthz`);
  const statuses = await page.evaluate(
    async (credentials) => {
      const post = (path: string, body: object) =>
        fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      const signedIn = await post('/v1/agent/sign-in', credentials);
      const options = (await (await post('/v1/agent/passkey-options', {})).json()) as PublicKeyCredentialCreationOptionsJSON;
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
      const kept = await post('/v1/agent/passkeys', { name: 'This computer', answer: made.toJSON() as object });
      return [signedIn.status, kept.status];
    },
    { email, password, code: codeOf(secret) },
  );
  if (String(statuses) !== '200,201') throw new Error(`the passkey was answered with ${statuses.join(', ')}`);
}
