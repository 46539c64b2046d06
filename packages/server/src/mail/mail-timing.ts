/** How patiently mail is sent. Milliseconds. */
export interface MailTiming {
  /** Wait after the first failure; it doubles each time. */
  retryBaseMs: number;
  /** Longest wait between two attempts. */
  retryMostMs: number;
  /** Age at which a mail that nobody takes is given up. */
  giveUpMs: number;
  /** One attempt may take so long. */
  sendMs: number;
  /** A claim outlives the attempt it was made for. */
  leaseMs: number;
  /** Look for due mails at least so often. */
  pollMs: number;
  /** Mails per second at most: relays dislike bursts, and tickets go first. */
  perSecond: number;
}

const MINUTE = 60_000;

/**
 * Settings of the operator: `MAIL_RETRY_BASE_MS` (default 60000), `MAIL_GIVE_UP_MS` (default four days) and
 * `MAIL_PER_SECOND` (default 20).
 *
 * @throws {Error} a setting is no positive number.
 */
export function mailTiming(env: NodeJS.ProcessEnv): MailTiming {
  const sendMs = 5 * MINUTE;
  return {
    retryBaseMs: positive(env, 'MAIL_RETRY_BASE_MS', MINUTE),
    retryMostMs: 6 * 60 * MINUTE,
    giveUpMs: positive(env, 'MAIL_GIVE_UP_MS', 4 * 24 * 60 * MINUTE),
    sendMs,
    leaseMs: sendMs + MINUTE,
    pollMs: 15_000,
    perSecond: positive(env, 'MAIL_PER_SECOND', 20),
  };
}

/** When to try again after `attempts` failures: doubling, spread by a quarter to either side. */
export function retryDelay(attempts: number, { retryBaseMs, retryMostMs }: MailTiming, random: () => number = Math.random): number {
  return Math.round(Math.min(retryMostMs, retryBaseMs * 2 ** Math.min(30, attempts - 1)) * (0.75 + random() / 2));
}

function positive(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const written = env[name];
  if (written === undefined || written === '') return otherwise;
  const value = Number(written);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`${name} must be a positive number.`);
  return value;
}
