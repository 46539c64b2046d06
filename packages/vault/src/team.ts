import { decryptWith, encryptTo, type Identity } from './age/age-file.js';
import type { Algorithm } from './recipients.js';
import { makeKeyPair, recipientOf, type KeyPair } from './age/identities.js';
import { checkEnrolmentCode } from './device-keys.js';
import { MANIFEST_DAYS, type Manifest } from './manifest.js';
import { Secret } from './secret.js';
import { vaultError } from './vault-error.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Clocks of customers may be slow by so much when a manifest is new. */
const EARLIER_MS = HOUR_MS;

/** One of the keys a team has had. Customers seal for its recipient; its identity is in every agent's reach and in no server's. */
export interface TeamKey extends KeyPair {
  /** 1 for the first; each rotation adds one. */
  epoch: number;
}

/** A device that may open a team's key: of an agent, or the recovery key in the safe. */
export interface Device {
  name: string;
  recipient: string;
}

/** The first key of a team, or the next one. */
export async function makeTeamKey(epoch: number, algorithm: Algorithm = 'x25519'): Promise<TeamKey> {
  return { epoch, ...(await makeKeyPair(algorithm)) };
}

/**
 * A team's key as `team-7.age`: an age file for every device, whose content is an identity file that `age -i` takes.
 *
 * @throws {VaultError} what `algorithmOf` throws: devices are all classical, as browsers are, or all post-quantum
 */
export async function wrapTeamKey(key: TeamKey, devices: readonly Device[]): Promise<Uint8Array<ArrayBuffer>> {
  const text = `# key ${key.epoch} of the team\n# public key: ${key.recipient}\n${key.identity.reveal()}\n`;
  const plaintext = new TextEncoder().encode(text);
  const file = await encryptTo(
    devices.map(({ recipient }) => recipient),
    plaintext,
  );
  plaintext.fill(0);
  return file;
}

/**
 * The team's key out of `team-7.age`.
 *
 * @throws {VaultError} what `decryptWith` throws: `wrong-key` for a device that is not enrolled; `not-a-record`
 */
export async function openTeamKey(file: Uint8Array, identities: readonly Identity[]): Promise<TeamKey> {
  const plaintext = await decryptWith(identities, file);
  const text = new TextDecoder().decode(plaintext);
  plaintext.fill(0);
  const [, epoch] = /^# key (\d{1,6}) of the team$/m.exec(text) ?? [];
  const [identity] = /^AGE-SECRET-KEY-\S+$/m.exec(text) ?? [];
  if (!epoch || !identity) throw vaultError('not-a-record', 'It opens, but it holds no key of a team.');
  return { epoch: Number(epoch), identity: new Secret(identity), recipient: await recipientOf(identity) };
}

/** What `enrol` is given. */
export interface Enrolment {
  /** `team-7.age` */
  file: Uint8Array;
  /** Of whoever enrols. */
  identities: readonly Identity[];
  /** Everybody who has the key so far. */
  devices: readonly Device[];
  newcomer: Device;
  /** As the newcomer read it out. */
  code: string;
}

/**
 * The team's key, wrapped to one device more.
 *
 * @throws {VaultError} `code-mismatch`, and nothing has been wrapped; what `openTeamKey` throws
 */
export async function enrol({ file, identities, devices, newcomer, code }: Enrolment): Promise<Uint8Array<ArrayBuffer>> {
  await checkEnrolmentCode(newcomer.recipient, code);
  const others = devices.filter(({ recipient }) => recipient !== newcomer.recipient);
  return wrapTeamKey(await openTeamKey(file, identities), [...others, newcomer]);
}

/** What a new key of a team brings. */
export interface Rotation {
  key: TeamKey;
  /** `team-8.age` */
  file: Uint8Array<ArrayBuffer>;
}

/**
 * The next key, for those who stay. A removed device is shut out once the new manifest is signed, every active record has been sealed
 * anew and the old `team-7.age` is deleted; what its owner has read before is read.
 */
export async function rotate(epoch: number, staying: readonly Device[], algorithm: Algorithm = 'x25519'): Promise<Rotation> {
  const key = await makeTeamKey(epoch + 1, algorithm);
  return { key, file: await wrapTeamKey(key, staying) };
}

/** What goes into the next manifest of a team. */
export interface ManifestDraft {
  team: string;
  desks: readonly string[];
  /** Of the manifest before; 0 for the first. */
  lastSeq: number;
  keys: readonly Pick<TeamKey, 'epoch' | 'recipient'>[];
  ssh?: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** Validity, at most 45; 30 if left out. */
  days?: number | undefined;
}

/** The next manifest, to be signed. It begins an hour ago, for slow clocks. */
export function nextManifest({ team, desks, lastSeq, keys, ssh, now, days = 30 }: ManifestDraft): Manifest {
  const from = now - EARLIER_MS;
  return {
    v: 1,
    team,
    desks: [...desks],
    seq: lastSeq + 1,
    notBefore: new Date(from).toISOString(),
    notAfter: new Date(Math.min(now + days * DAY_MS, from + MANIFEST_DAYS * DAY_MS)).toISOString(),
    recipients: keys.map(({ epoch, recipient }) => ({ epoch, recipient })),
    ...(ssh !== undefined && { ssh }),
  };
}
