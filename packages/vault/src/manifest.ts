import { isInstant } from './instant.js';
import { algorithmOf } from './recipients.js';
import { isFingerprint, readPublicKeyLine } from './ssh/public-key.js';
import { makeSignature, verifySignature, type Signer } from './ssh/signature.js';
import { vaultError } from './vault-error.js';

export type { Signer };

/** What the signature is for: a signature made for anything else is refused. `ssh-keygen -Y sign -n` takes it. */
export const MANIFEST_NAMESPACE = 'vault-manifest@storefront-support';
/** Longest validity. Who loses the signing key's trust loses it for good after this long. */
export const MANIFEST_DAYS = 45;
/** Old and new key while records are sealed anew. */
const MOST_RECIPIENTS = 2;
const DAY_MS = 86_400_000;
const MOST_KEYS = 999_999;

/** The keys of a team, as its root key signs them: `manifest.json`. */
export interface Manifest {
  v: 1;
  /** As customers read it: "Only Acme Support can open this." */
  team: string;
  /** Desks the team works for. At any other the manifest means nothing. */
  desks: string[];
  /** One more at every signing; never lower than one seen before. */
  seq: number;
  /** Instants, ISO 8601 in UTC. */
  notBefore: string;
  notAfter: string;
  /** One; two while records move from an old key to a new one. `epoch` counts the keys of the team. */
  recipients: { epoch: number; recipient: string }[];
  /** Public key of the team as in `authorized_keys`, offered instead of a password for SSH and SFTP. */
  ssh?: string | undefined;
}

declare const verified: unique symbol;

/** A manifest that `verifyManifest` let through. Only such a one can be sealed for. */
export type VerifiedManifest = {
  readonly [name in keyof Manifest]: Manifest[name] extends (infer Item)[] ? readonly Readonly<Item>[] : Manifest[name];
} & {
  /** The key that signed, as `ssh-keygen -lf` prints it. */
  readonly signer: string;
  readonly [verified]: true;
};

/** Everything that a manifest is checked against. */
export interface ManifestChecks {
  /** Id of the desk that the customer deals with. */
  desk: string;
  /** Fingerprints of the keys that may sign, compiled in. */
  roots: readonly string[];
  /** What the page around says in `vault-pin`: fingerprints apart by spaces. It can only narrow the roots. Absent: it says nothing. */
  pin?: string | undefined;
  /** Now; milliseconds since 1970. */
  now: number;
  /** The highest sequence this device has seen of this desk. Absent: none. */
  lastSeq?: number | undefined;
}

const passed = new WeakSet<object>();

/**
 * The manifest in these bytes, if it is to be trusted. Checked in this order: signature, signer, pin, form, desk, time, sequence,
 * recipients. Any failure closes the vault: draw no field.
 *
 * @param file `manifest.json`, byte for byte.
 * @param signature `manifest.json.sig`
 * @throws {VaultError} a code of its own for every way to fail
 */
export async function verifyManifest(file: Uint8Array, signature: string, checks: ManifestChecks): Promise<VerifiedManifest> {
  if (!checks.roots.length) throw vaultError('no-roots', 'This vault trusts no key: its operator has to name one in roots.js.');
  const { fingerprint } = await verifySignature(file, signature, MANIFEST_NAMESPACE);
  if (!checks.roots.includes(fingerprint))
    throw vaultError('signer-unknown', 'The manifest is signed by a key that this vault does not trust.');
  checkPin(checks.pin, fingerprint);
  const manifest = parse(file);
  if (!manifest.desks.includes(checks.desk)) throw vaultError('manifest-other-desk', 'The manifest is that of another desk.');
  checkTime(manifest, checks.now);
  if (checks.lastSeq !== undefined && manifest.seq < checks.lastSeq) {
    throw vaultError('manifest-rolled-back', 'This device has seen a later manifest than this one.');
  }
  checkRecipients(manifest);
  const trusted = frozen({ ...manifest, signer: fingerprint });
  passed.add(trusted);
  return trusted as unknown as VerifiedManifest;
}

/**
 * A manifest as the bytes of its file, and its signature, which `ssh-keygen -Y verify` accepts. The bytes alone are what
 * `ssh-keygen -Y sign` is given where the key is locked or on a token.
 *
 * @throws {VaultError} for a manifest that `verifyManifest` would refuse on its first day
 */
export async function signManifest(manifest: Manifest, signer: Signer): Promise<{ file: Uint8Array<ArrayBuffer>; signature: string }> {
  const file = manifestFile(manifest);
  return { file, signature: await makeSignature(file, signer, MANIFEST_NAMESPACE) };
}

/** The bytes to be signed. */
export function manifestFile(manifest: Manifest): Uint8Array<ArrayBuffer> {
  const file = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  const read = parse(file);
  checkTime(read, Date.parse(read.notBefore));
  checkRecipients(read);
  return file;
}

/** The recipients to seal for, and the number of the newest one's key. Refuses what has not gone through `verifyManifest`. */
export function recipientsOf(manifest: VerifiedManifest): { recipients: string[]; epoch: number } {
  if (!passed.has(manifest)) throw vaultError('invalid-recipient', 'Recipients come out of a verified manifest, and from nowhere else.');
  return {
    recipients: manifest.recipients.map(({ recipient }) => recipient),
    epoch: Math.max(...manifest.recipients.map(({ epoch }) => epoch)),
  };
}

function checkPin(pin: string | undefined, signer: string): void {
  if (pin === undefined) return;
  const pins = pin.trim().split(/\s+/);
  if (!pins.every(isFingerprint)) throw vaultError('pin-malformed', 'vault-pin holds fingerprints: SHA256: and 43 characters each.');
  if (!pins.includes(signer)) throw vaultError('pin-mismatch', 'The manifest is signed by another key than the one in vault-pin.');
}

function parse(file: Uint8Array): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch {
    throw vaultError('manifest-malformed', 'The manifest is no JSON.');
  }
  const wrong = isRecord(value) ? wrongMembers(value) : ['the whole'];
  if (wrong.length) throw vaultError('manifest-malformed', `The manifest is not as it should be at: ${wrong.join(', ')}.`);
  return value as Manifest;
}

/** By hand, and not by a schema, for the library of schemas is heavier than all that the customer's page needs. */
function wrongMembers(value: { [name: string]: unknown }): string[] {
  const members: { [name in keyof Required<Manifest>]: (member: unknown) => boolean } = {
    v: (member) => member === 1,
    team: (member) => isText(member, 120),
    desks: (member) => isList(member, 100, (desk) => isText(desk, 64)) && (member as unknown[]).length > 0,
    seq: isCount,
    notBefore: isInstant,
    notAfter: isInstant,
    recipients: (member) => isList(member, MOST_RECIPIENTS, isKeyOfTeam),
    ssh: (member) => member === undefined || (isText(member, 4_000) && readPublicKeyLine(member) !== undefined),
  };
  const strange = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  return [
    ...Object.keys(members).filter((name) => !members[name as keyof Manifest](own(value, name))),
    ...strange.map(() => 'unknown members'),
  ];
}

function isKeyOfTeam(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'epoch,recipient' || typeof value['recipient'] !== 'string') return false;
  return isCount(value['epoch']) && value['epoch'] <= MOST_KEYS;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most;
}

function isList(value: unknown, most: number, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= most && value.every(fits);
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as { [name: string]: unknown })[name] : undefined;
}

function checkTime({ notBefore, notAfter }: Manifest, now: number): void {
  const [from, to] = [Date.parse(notBefore), Date.parse(notAfter)];
  if (to <= from) throw vaultError('manifest-malformed', 'The manifest ends before it begins.');
  if (to - from > MANIFEST_DAYS * DAY_MS) throw vaultError('manifest-too-long', `A manifest is valid for at most ${MANIFEST_DAYS} days.`);
  if (now < from) throw vaultError('manifest-not-yet-valid', 'The manifest is not valid yet, or the clock of this device is slow.');
  if (now >= to) throw vaultError('manifest-expired', 'The manifest has expired, or the clock of this device is fast.');
}

function checkRecipients({ recipients }: Manifest): void {
  algorithmOf(recipients.map(({ recipient }) => recipient));
  if (new Set(recipients.map(({ epoch }) => epoch)).size < recipients.length) {
    throw vaultError('manifest-malformed', 'Two recipients of the manifest have the same number.');
  }
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner as object);
  return Object.freeze(value);
}
