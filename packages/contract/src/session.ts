import type { Requester } from './people.js';

/** How somebody came in: by the secrets kept on a device, by a mailed link, by a token that the shop signed. */
export type SessionOrigin = 'device' | 'link' | 'identity-token';

/** A stay of one browser. Times are ISO 8601 instants in UTC. */
export interface Session {
  /** Names it in lists; opens nothing. */
  id: string;
  via: SessionOrigin;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  /** Whom it speaks for; null with `device`, which opens single tickets and knows nobody. */
  requester: Requester | null;
  /** True for the one that asks. */
  current: boolean;
}

/** A session together with what opens it. */
export interface OpenedSession {
  session: Session;
  /** 256 random bits as 43 characters of base64url: sent as a bearer token, kept by the browser, stored by nobody else. */
  token: string;
  /** With `device`: numbers of the tickets that these secrets open. Empty otherwise. */
  numbers: string[];
}

/** A ticket that a device may read. */
export interface TicketAccess {
  number: string;
  secret: string;
}

/** What opens a session. */
export type SessionRequest =
  /** At most 200 tickets. Those that are unknown, or whose secret is another, are left out without a word. */
  | { tickets: TicketAccess[] }
  /**
   * The token of a mailed link. `browserSecret` is the one the link was asked for with; another browser is refused with
   * `confirmation-needed` until it sends `confirmed`.
   */
  | { linkToken: string; browserSecret?: string | undefined; confirmed?: boolean | undefined }
  /** A JWT that the shop has signed. */
  | { identityToken: string };

/** What a mailed link is asked for with. */
export interface SignInLinkRequest {
  email: string;
  /** 256 random bits as base64url, kept by the browser that asks. */
  browserSecret: string;
  /** BCP 47 tag of the language of the mail. */
  locale: string;
}
