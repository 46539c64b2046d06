import type { SupportErrorCode, VaultErrorCode } from './errors.js';

/**
 * What the host element and the vault page tell one another. Never a value of a field, never what is sealed, no markup, no address.
 *
 * The page says `VAULT_HELLO` to its parent once it listens. The host takes it from its own frame and the vault's origin only, and
 * answers once, with `VAULT_PORT` and a port. The page takes that from its parent only, and goes on only when the origin it came
 * from is the one that the pass was given to. Everything else goes through the port.
 */
export const VAULT_CHANNEL = 1;
/** `type` of the first message of the page, to its parent's window. */
export const VAULT_HELLO = 'support-vault-hello';
/** `type` of the host's answer, with the port as its only transferred object. */
export const VAULT_PORT = 'support-vault-port';

/** Custom properties that a shop may colour the page with: colours and lengths, nothing that could load or cover anything. */
export const VAULT_THEME = [
  '--support-color-text',
  '--support-color-muted',
  '--support-color-surface',
  '--support-color-field',
  '--support-color-border',
  '--support-color-line',
  '--support-color-accent',
  '--support-color-on-accent',
  '--support-color-error',
  '--support-color-success',
  '--support-font-size',
  '--support-space',
  '--support-radius',
] as const;

/** Values by property; one that is no colour and no length is left out. */
export type VaultTheme = { [property in (typeof VAULT_THEME)[number]]?: string };

/** From the host. `pass` also renews one that has run out. `dir` is the direction of the page around; else that of the locale. */
export type HostMessage =
  | { type: 'init'; v: typeof VAULT_CHANNEL; pass: string; pin: string | null; locale: string; dir?: 'ltr' | 'rtl'; theme: VaultTheme }
  | { type: 'pass'; pass: string };

/** Where the page is: nothing of what was typed follows from it. */
export const VAULT_STATES = ['checking', 'stopped', 'choosing', 'typing', 'sealing', 'sent', 'offline', 'interrupted'] as const;
/** One of them. */
export type VaultState = (typeof VAULT_STATES)[number];

/** Why the page asks to be opened in a window of its own. */
export type VaultNeedsPage = 'focus' | 'covered' | 'browser';

/** From the page. `height` is CSS pixels; `build` the SHA-256 of its script, hex. */
export type FrameMessage =
  | { type: 'ready'; v: typeof VAULT_CHANNEL; build: string }
  | { type: 'resize'; height: number }
  | { type: 'state'; state: VaultState }
  | { type: 'done'; record: string; receipt: string; expiresAt: string }
  | { type: 'error'; code: SupportErrorCode | VaultErrorCode }
  | { type: 'need-page'; why: VaultNeedsPage }
  | { type: 'need-pass' };

const COLOUR_OR_LENGTH = /^(?!.*(url|image|var|env|attr|expression))[#\w.,%()/ +-]{1,64}$/i;
const PASS = /^[\w-]{43}$/;
const HEIGHT_MAX = 10_000;

/** The message of a host, as the page may act on it; null: it is none, and nothing happens. */
export function readHostMessage(value: unknown): HostMessage | null {
  if (hasOnly(value, 'type', 'pass') && value.type === 'pass' && isText(value.pass, PASS)) return { type: 'pass', pass: value.pass };
  // a page that was cached before there was a direction names none
  const { dir, ...rest } = Object(value) as { dir?: unknown };
  if (!hasOnly(rest, 'type', 'v', 'pass', 'pin', 'locale', 'theme') || rest.type !== 'init' || rest.v !== VAULT_CHANNEL) return null;
  const { pass, pin, locale, theme } = rest;
  if (dir !== undefined && !isOneOf(dir, ['ltr', 'rtl'] as const)) return null;
  if (!isText(pass, PASS) || !isText(locale, /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)) return null;
  // a pin of a wrong shape goes through: the page says so, and draws no field
  if (pin !== null && !isText(pin, /^[^]{0,200}$/)) return null;
  return { type: 'init', v: VAULT_CHANNEL, pass, pin, locale, ...(dir && { dir }), theme: readTheme(theme) };
}

/** The message of a page, as the host may act on it; null: it is none, and nothing happens. */
export function readFrameMessage(value: unknown): FrameMessage | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  switch (value.type) {
    case 'ready':
      return hasOnly(value, 'type', 'v', 'build') && value.v === VAULT_CHANNEL && isText(value.build, /^[0-9a-f]{64}$/)
        ? { type: 'ready', v: VAULT_CHANNEL, build: value.build }
        : null;
    case 'resize':
      return hasOnly(value, 'type', 'height') && isWithin(value.height, HEIGHT_MAX) ? { type: 'resize', height: value.height } : null;
    case 'state':
      return hasOnly(value, 'type', 'state') && isOneOf(value.state, VAULT_STATES) ? { type: 'state', state: value.state } : null;
    case 'done':
      return hasOnly(value, 'type', 'record', 'receipt', 'expiresAt') &&
        isText(value.record, /^[\w-]{22}$/) &&
        isText(value.receipt, /^[0-9a-f]{64}$/) &&
        isText(value.expiresAt, /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/)
        ? { type: 'done', record: value.record, receipt: value.receipt, expiresAt: value.expiresAt }
        : null;
    case 'error':
      // one that this host does not know is told as any other failure: codes are text to it, and shown nowhere
      return hasOnly(value, 'type', 'code') && isText(value.code, /^[a-z]+(-[a-z0-9]+)*$/)
        ? { type: 'error', code: value.code as SupportErrorCode }
        : null;
    case 'need-page':
      return hasOnly(value, 'type', 'why') && isOneOf(value.why, ['focus', 'covered', 'browser'] as const)
        ? { type: 'need-page', why: value.why }
        : null;
    case 'need-pass':
      return hasOnly(value, 'type') ? { type: 'need-pass' } : null;
    default:
      return null;
  }
}

/** True for the first message of a page, and for the host's answer to it. */
export function isVaultGreeting(value: unknown, type: typeof VAULT_HELLO | typeof VAULT_PORT): boolean {
  return hasOnly(value, 'type', 'v') && value.type === type && value.v === VAULT_CHANNEL;
}

/** What of a theme may be used. */
export function readTheme(value: unknown): VaultTheme {
  const theme: VaultTheme = {};
  if (typeof value !== 'object' || value === null) return theme;
  for (const property of VAULT_THEME) {
    const given: unknown = Object.hasOwn(value, property) ? (value as VaultTheme)[property] : undefined;
    if (isText(given, COLOUR_OR_LENGTH)) theme[property] = given;
  }
  return theme;
}

/** Own members of exactly these names: what a prototype adds does not count, and anything more makes it another message. */
function hasOnly<Name extends string>(value: unknown, ...names: Name[]): value is { [name in Name]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const own = Object.keys(value);
  return own.length === names.length && names.every((name) => Object.hasOwn(value, name));
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= most;
}

function isOneOf<T extends string>(value: unknown, list: readonly T[]): value is T {
  return (list as readonly unknown[]).includes(value);
}
