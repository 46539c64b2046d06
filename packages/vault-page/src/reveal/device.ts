import { enrolmentCode, makeBrowserKey } from '@storefront-support/vault/device-keys';
import { makePasskey, makePasskeyKey, openPasskeyKey } from '@storefront-support/vault/passkey-keys';
import type { Secret } from '@storefront-support/vault/secret';
import { keep, recall } from '../base/kept.js';
import { newId } from '../base/new-id.js';

/** What this browser keeps: a private key that no script can read out, or one that only a passkey opens. */
type Kept = { id: string; name: string; recipient: string } & ({ key: CryptoKey } | { wrapped: Uint8Array; passkey: string });

const NAME = 'device';

/** The key that this browser opens a team's keys with. */
export class Device {
  readonly #kept: Kept;

  private constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** The one of this browser; undefined: it has none. */
  static async ofThisBrowser(): Promise<Device | undefined> {
    const kept = await recall<Kept>(NAME);
    return kept && new Device(kept);
  }

  /** Makes one, and keeps it. Rejects where the browser keeps nothing: a key that is gone with the page is of use to nobody. */
  static async make(name: string, by: 'browser' | 'passkey'): Promise<Device> {
    const id = newId();
    let kept: Kept;
    if (by === 'browser') {
      const { identity, recipient } = await makeBrowserKey();
      kept = { id, name, recipient, key: identity };
    } else {
      const passkey = await makePasskey(name);
      kept = { id, name, passkey, ...(await makePasskeyKey({ passkey })) };
    }
    await keep(NAME, kept);
    return new Device(kept);
  }

  get id(): string {
    return this.#kept.id;
  }

  get name(): string {
    return this.#kept.name;
  }

  get recipient(): string {
    return this.#kept.recipient;
  }

  /** What its owner reads out. */
  code(): Promise<string> {
    return enrolmentCode(this.recipient);
  }

  /** Asks for the passkey, where it is one. */
  async identity(): Promise<CryptoKey | Secret> {
    if ('key' in this.#kept) return this.#kept.key;
    return (await openPasskeyKey(this.#kept.wrapped, { passkey: this.#kept.passkey })).identity;
  }
}
