import type { AccessBind, AccessKind, RevealOutcome, VaultErrorCode } from '@storefront-support/contract';
import { rowsOf, type AccessRow } from './access-fields.js';
import { decryptWith, type Identity } from './age/age-file.js';
import { hex, sha256 } from './digest.js';
import { warningOf } from './draft.js';
import type { AccessData } from './kinds.js';
import { readSealedJson, type Sealed } from './sealed.js';
import { Secret } from './secret.js';
import { vaultError } from './vault-error.js';

export { splitBody } from './sealed-body.js';

/** An opened record. Printing or logging it tells nothing of what was lent. */
export interface OpenedAccess {
  kind: AccessKind;
  /** What it says of itself, compared with what was expected. Expiry and epoch are those of the sealing. */
  bind: AccessBind;
  rows: AccessRow[];
  /** `unencrypted`: whoever uses it sends the password in the clear. */
  warning: 'unencrypted' | undefined;
  data: Secret<AccessData>;
}

/**
 * Opens the age file of a record and compares what it says of itself with what the server says of it.
 *
 * @param expected What the server says. Its expiry may differ, for the customer may have changed it, and its epoch may be higher, for
 *   the record may have been sealed anew; everything else must be the same.
 * @throws {VaultError} what `decryptWith` throws; `not-a-record`; `bind-mismatch`
 */
export async function openAccess(file: Uint8Array, identities: readonly Identity[], expected: AccessBind): Promise<OpenedAccess> {
  const { bind, data } = await readSealed(file, identities);
  const strange = differences(bind, expected);
  if (strange.length) throw vaultError('bind-mismatch', `It was sealed for something else: ${strange.join(', ')}.`);
  return { kind: data.kind, bind, rows: rowsOf(data), warning: warningOf(data), data: new Secret(data) };
}

/**
 * Opens the second age file of a record.
 *
 * @throws {VaultError} what `decryptWith` throws; `file-mismatch` when it is not the file the record describes
 */
export async function openFile(
  file: Uint8Array,
  identities: readonly Identity[],
  { data }: OpenedAccess,
): Promise<Uint8Array<ArrayBuffer>> {
  const described = data.reveal();
  const bytes = await decryptWith(identities, file);
  if (described.kind !== 'file' || bytes.length !== described.size || hex(await sha256(bytes)) !== described.sha256) {
    bytes.fill(0);
    throw vaultError('file-mismatch', 'The file is not the one that the record describes.');
  }
  return bytes;
}

/** The word of an acknowledgement for what an opening failed with; `undefined` for what is no fault of the record. */
export function failureOf(code: VaultErrorCode): Exclude<RevealOutcome, 'opened'> | undefined {
  switch (code) {
    case 'wrong-key':
    case 'bind-mismatch':
      return code;
    case 'tampered':
    case 'not-age':
    case 'header-too-large':
    case 'unknown-stanza':
    case 'not-a-record':
    case 'file-mismatch':
      return 'tampered';
    default:
      return undefined;
  }
}

/** What is inside, whatever it was sealed for. */
export async function readSealed(file: Uint8Array, identities: readonly Identity[]): Promise<Sealed> {
  const plaintext = await decryptWith(identities, file);
  try {
    const sealed = readSealedJson(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)));
    if (sealed) return sealed;
  } catch {
    // no JSON: its parser would quote what it found
  } finally {
    plaintext.fill(0);
  }
  throw vaultError('not-a-record', 'It opens, but what is inside is no access record.');
}

function differences(bind: AccessBind, expected: AccessBind): string[] {
  const same = ['desk', 'ticket', 'request', 'record', 'maxReveals', 'origin'] as const;
  const strange: string[] = same.filter((name) => bind[name] !== expected[name]);
  // one instant can be written in several ways
  if (Date.parse(bind.createdAt) !== Date.parse(expected.createdAt)) strange.push('createdAt');
  // header-only sealing anew leaves the old number inside, and none can be from the future
  if (bind.epoch > expected.epoch) strange.push('epoch');
  return strange;
}
