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

/** A team's key and everybody who has it, as they come out of `team-7.age`. */
export interface OpenedTeamKey extends TeamKey {
  devices: Device[];
}

/**
 * A team's key as `team-7.age`: an age file for every device, whose content is an identity file that `age -i` takes. The devices are
 * named inside too: a server that keeps the file cannot put another one on the list.
 *
 * @throws {VaultError} what `algorithmOf` throws: devices are all classical, as browsers are, or all post-quantum
 */
export async function wrapTeamKey(key: TeamKey, devices: readonly Device[]): Promise<Uint8Array<ArrayBuffer>> {
  const lines = [
    `# key ${key.epoch} of the team`,
    `# public key: ${key.recipient}`,
    ...devices.map(({ name, recipient }) => `# device: ${recipient} ${name.replace(/\s+/g, ' ').trim()}`),
    key.identity.reveal(),
    '',
  ];
  const plaintext = new TextEncoder().encode(lines.join('\n'));
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
export async function openTeamKey(file: Uint8Array, identities: readonly Identity[]): Promise<OpenedTeamKey> {
  const plaintext = await decryptWith(identities, file);
  const text = new TextDecoder().decode(plaintext);
  plaintext.fill(0);
  const [, epoch] = /^# key (\d{1,6}) of the team$/m.exec(text) ?? [];
  const [identity] = /^AGE-SECRET-KEY-\S+$/m.exec(text) ?? [];
  if (!epoch || !identity) throw vaultError('not-a-record', 'It opens, but it holds no key of a team.');
  const devices = Array.from(text.matchAll(/^# device: (\S+) ?(.*)$/gm), ([, recipient = '', name = '']) => ({ name, recipient }));
  return { epoch: Number(epoch), identity: new Secret(identity), recipient: await recipientOf(identity), devices };
}

/** What `enrol` is given. */
export interface Enrolment {
  /** `team-7.age` */
  file: Uint8Array;
  /** Of whoever enrols. */
  identities: readonly Identity[];
  /** The recipient of this key, as the signed manifest names it. */
  trusted: string;
  newcomer: Device;
  /** As the newcomer read it out. */
  code: string;
}

/**
 * The team's key, wrapped to one device more: to those named inside and the newcomer, never to a list that a server shows.
 *
 * @throws {VaultError} `code-mismatch`; `bind-mismatch` for a file that holds another key than the manifest names, which anybody could
 *   have made; what `openTeamKey` throws. Nothing has been wrapped then.
 */
export async function enrol({ file, identities, trusted, newcomer, code }: Enrolment): Promise<Uint8Array<ArrayBuffer>> {
  await checkEnrolmentCode(newcomer.recipient, code);
  const { devices, ...key } = await openTeamKey(file, identities);
  if (key.recipient !== trusted) throw vaultError('bind-mismatch', 'The file holds another key than the one that the manifest names.');
  return wrapTeamKey(key, [...devices.filter(({ recipient }) => recipient !== newcomer.recipient), newcomer]);
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
