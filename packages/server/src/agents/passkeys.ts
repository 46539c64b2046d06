import { randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Agent, Passkey } from '@storefront-support/contract';
import type { OwnOrigins } from '../middleware/origins.js';
import { sha256 } from '../sha256.js';
import type { Store } from '../store/unit-of-work.js';
import {
  addChallenge,
  addPasskey,
  findPasskey,
  passkeysOf,
  shownPasskey,
  takeChallenge,
  usePasskey,
  type PasskeyRow,
} from '../store/passkeys.js';
import type { AgentPlace } from '../store/agent-sessions.js';
import { openFor, type SignedIn } from './sign-in.js';

const CHALLENGE_MS = 5 * 60_000;
/** EdDSA, ECDSA on P-256, RSA (PKCS #1), as COSE numbers them. */
const ALGORITHMS = [-8, -7, -257];
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
type Transport = (typeof TRANSPORTS)[number];

interface PasskeyPorts {
  store: Store;
  now: () => number;
  /** Passkeys are bound to the host name of the inbox. */
  own: Pick<OwnOrigins, 'url'>;
  /** Whose page asks, and whose session it is; the inbox's otherwise. */
  place?: AgentPlace | undefined;
}

/** What a browser needs to make a passkey for this agent. */
export async function registrationOptions(ports: PasskeyPorts, agent: Pick<Agent, 'id' | 'name' | 'email'>): Promise<object> {
  const { generateRegistrationOptions } = await webauthn();
  const known = await passkeysOf(ports.store.read, agent.id);
  const options = await generateRegistrationOptions({
    rpName: 'Storefront Support',
    rpID: inboxOf(ports).hostname,
    userID: new TextEncoder().encode(agent.id),
    userName: agent.email,
    userDisplayName: agent.name,
    challenge: randomBytes(32),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transportsIn(transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  await keep(ports, options.challenge, agent.id);
  return options;
}

/** Keeps a new passkey; null where the answer is not one to a question of ours, or the passkey is kept already. */
export async function registerPasskey(ports: PasskeyPorts, agentId: string, name: string, answer: unknown): Promise<Passkey | null> {
  const response = answer as RegistrationResponseJSON;
  const expectedChallenge = await take(ports, response.response.clientDataJSON, agentId);
  if (expectedChallenge === null) return null;
  const { verifyRegistrationResponse } = await webauthn();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: inboxOf(ports).origin,
    expectedRPID: inboxOf(ports).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(refused);
  if (!verified || !registrationInfo) return null;
  const { id, publicKey, counter } = registrationInfo.credential;
  const row: PasskeyRow = {
    id,
    agentId,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: JSON.stringify(transportsIn(response.response.transports)),
    name,
    createdAt: ports.now(),
    lastUsedAt: null,
  };
  return (await ports.store.write.run((trx) => addPasskey(trx, row))) ? shownPasskey(row) : null;
}

/** What a browser needs to ask for any passkey of this place: it names no account, so it tells of none. */
export async function authenticationOptions(ports: PasskeyPorts): Promise<object> {
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: inboxOf(ports).hostname,
    challenge: randomBytes(32),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  });
  await keep(ports, options.challenge, null);
  return options;
}

/** Opens a session for the holder of a passkey; null whatever is wrong. */
export async function signInWithPasskey(ports: PasskeyPorts, answer: unknown): Promise<SignedIn | null> {
  const response = answer as AuthenticationResponseJSON;
  const expectedChallenge = await take(ports, response.response.clientDataJSON, null);
  const passkey = await findPasskey(ports.store.read, response.id);
  if (expectedChallenge === null || !passkey) return null;
  const { userHandle } = response.response;
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== passkey.agentId) return null;
  const { verifyAuthenticationResponse } = await webauthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: ports.place === 'vault' ? new URL(ports.own.url('agent-vault')).origin : inboxOf(ports).origin,
    expectedRPID: inboxOf(ports).hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
      transports: transportsIn(passkey.transports),
    },
  }).catch(refused);
  // the library tells what it read of an answer whether its signature is right or not
  if (!verified || !authenticationInfo) return null;
  const now = ports.now();
  return ports.store.write.run(async (trx) =>
    (await usePasskey(trx, passkey, authenticationInfo.newCounter, now))
      ? openFor(trx, passkey.agentId, now, { place: ports.place, secondFactor: true })
      : null,
  );
}

/** The library says no by an error too; which rule it was is nobody's business. */
function refused(): { verified: false; registrationInfo?: undefined; authenticationInfo?: undefined } {
  return { verified: false };
}

async function keep({ store, now }: PasskeyPorts, challenge: string, agentId: string | null): Promise<void> {
  await store.write.run((trx) => addChallenge(trx, { hash: sha256(challenge), agentId, expiresAt: now() + CHALLENGE_MS }));
}

/** The challenge that an answer is about, which it spends; null where it was none of ours. */
async function take({ store, now }: PasskeyPorts, clientData: string, agentId: string | null): Promise<string | null> {
  let challenge: unknown;
  try {
    ({ challenge } = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8')) as { challenge?: unknown });
  } catch {
    return null;
  }
  if (typeof challenge !== 'string') return null;
  const hash = sha256(challenge);
  return (await store.write.run((trx) => takeChallenge(trx, hash, agentId, now()))) ? challenge : null;
}

/** Only what the standard names: a browser may say anything. */
function transportsIn(said: unknown): Transport[] {
  const list: unknown = typeof said === 'string' ? JSON.parse(said) : said;
  return Array.isArray(list) ? TRANSPORTS.filter((transport) => list.includes(transport)) : [];
}

function inboxOf({ own }: PasskeyPorts): URL {
  return new URL(own.url('inbox'));
}

// it weighs more than the rest of a start; it waits for the first agent who needs it
let library: Promise<typeof import('@simplewebauthn/server')> | undefined;
function webauthn(): Promise<typeof import('@simplewebauthn/server')> {
  return (library ??= import('@simplewebauthn/server'));
}
