import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

export interface AuthenticatorOptions {
  algorithm?: 'ES256' | 'EdDSA';
  /** Where the browser says that it is. */
  origin: string;
  /** False: the person is there, but nobody has made sure who it is. */
  verifiesUser?: boolean;
}

interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
}

/** A passkey provider and a browser in one: answers as `navigator.credentials` does, in WebAuthn's JSON, attestation `none`. */
export class SoftwareAuthenticator {
  readonly #options: AuthenticatorOptions;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly id = randomBytes(32);
  counter = 0;
  userHandle = '';

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    const { privateKey, publicKey } =
      options.algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  create({ challenge, rp, user }: Options): unknown {
    this.userHandle = user?.id ?? '';
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, this.#coseKey()]);
    const authData = Buffer.concat([this.#authData(rp?.id ?? 'localhost', AT), attested]);
    const attestationObject = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(authData)],
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal', 'nonsense'],
    });
  }

  get({ challenge, rpId }: Options): unknown {
    this.counter += 1;
    const authData = this.#authData(rpId ?? 'localhost', 0);
    const clientData = this.#clientData('webauthn.get', challenge);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    const signature = sign(this.#options.algorithm === 'EdDSA' ? null : 'sha256', signed, this.#privateKey);
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: this.userHandle,
    });
  }

  #answer(response: object): unknown {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {}, authenticatorAttachment: 'platform' };
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#options.origin, crossOrigin: false }));
  }

  #authData(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const verified = this.#options.verifiesUser === false ? 0 : UV;
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([UP | verified | flags]), counter]);
  }

  /** RFC 9053, 7.1 and 7.2 */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    const part = (coordinate: string) => bytes(Buffer.from(coordinate, 'base64url'));
    if (this.#options.algorithm === 'EdDSA')
      return map([
        [int(1), int(1)],
        [int(3), int(-8)],
        [int(-1), int(6)],
        [int(-2), part(x)],
      ]);
    return map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), part(x)],
      [int(-3), part(y)],
    ]);
  }
}

// CBOR (RFC 8949), as far as it is needed here
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const map = (entries: [Buffer, Buffer][]) => Buffer.concat([head(5, entries.length), ...entries.flat()]);
