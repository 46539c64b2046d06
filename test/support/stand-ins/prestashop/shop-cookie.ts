import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What the shop keeps in the browser and nowhere else. */
export interface CookieState {
  /** Seconds since 1970. */
  dateAdd?: number;
  contactFormToken?: string;
  /** Seconds since 1970. */
  contactFormTokenTTL?: number;
  idCustomer?: number;
  email?: string;
}

const VERSION = 'def50200';
const LIFE_SECONDS = 1_728_000;

/** The shop's one cookie: its whole content, encrypted, so that an older copy still holds the older token. */
export class ShopCookie {
  readonly name = `PrestaShop-${createHash('md5').update(randomBytes(8)).digest('hex')}`;
  readonly #key = randomBytes(32);

  /** An empty state where there is no such cookie, or one of another shop. */
  read(header: string | undefined): CookieState {
    const value = new RegExp(`(?:^|;\\s*)${this.name}=${VERSION}([0-9a-f]+)`).exec(header ?? '')?.[1];
    if (!value) return {};
    const bytes = Buffer.from(value, 'hex');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return JSON.parse(`${decipher.update(bytes.subarray(28)).toString()}${decipher.final().toString()}`) as CookieState;
    } catch {
      return {};
    }
  }

  /** Value of a `Set-Cookie` header. */
  write(state: CookieState, now: number): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const content = Buffer.concat([cipher.update(JSON.stringify(state)), cipher.final()]);
    const value = VERSION + Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('hex');
    const expires = new Date(now + LIFE_SECONDS * 1_000).toUTCString();
    return `${this.name}=${value}; expires=${expires}; Max-Age=${LIFE_SECONDS}; path=/; HttpOnly; SameSite=Lax`;
  }
}
