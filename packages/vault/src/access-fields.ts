import type { AccessKind } from '@storefront-support/contract';
import { ACCESS_MAX, type RuleName } from './access-rules.js';
import type { AccessData } from './kinds.js';
import { Secret } from './secret.js';

/** One field of a kind as data: what a form draws and what a reveal masks. Labels are the locale's, by name. */
export interface AccessField {
  /** Member of the record. */
  name: string;
  /** `key`: several lines of a private key. `fields`: rows of name, value and "secret". */
  control: 'text' | 'url' | 'password' | 'number' | 'select' | 'textarea' | 'key' | 'fields';
  /** Masked until it is asked for. */
  secret: boolean;
  required: boolean;
  /** UTF-16 code units. */
  maxLength?: number;
  /** `inputmode` of HTML. */
  inputMode?: 'url' | 'numeric';
  /** For `select`, the usual one first. */
  options?: readonly string[];
  /** What it is when nothing is said. */
  usual?: number | string;
  /** What a text must be beside its length. */
  rule?: RuleName;
  /** Part of the record, and drawn, only while another field has this value. */
  when?: { field: string; is: string };
}

type More = Partial<Omit<AccessField, 'name' | 'control'>>;
const field = (name: string, control: AccessField['control'], more: More = {}): AccessField => ({
  name,
  control,
  secret: false,
  required: true,
  ...(control === 'text' && { maxLength: ACCESS_MAX.text, rule: 'line' as const }),
  ...(control === 'url' && { maxLength: ACCESS_MAX.url, inputMode: 'url' as const, rule: 'address' as const }),
  ...(control === 'password' && { maxLength: ACCESS_MAX.password, secret: true }),
  ...(control === 'key' && { maxLength: ACCESS_MAX.key, secret: true, rule: 'privateKey' as const }),
  ...(control === 'number' && { inputMode: 'numeric' as const }),
  ...more,
});
const optional = { required: false };
const when = (name: string, is: string) => ({ when: { field: name, is } });

const common = [
  field('label', 'text', { ...optional, maxLength: ACCESS_MAX.label }),
  field('note', 'textarea', { ...optional, maxLength: ACCESS_MAX.note }),
];
const panel = [
  field('url', 'url'),
  field('login', 'text'),
  field('password', 'password'),
  field('secondFactor', 'select', { options: ['off', 'ask-me', 'code-app'], usual: 'off' }),
  field('secondFactorNote', 'text', { ...optional, ...when('secondFactor', 'ask-me') }),
  field('codeSecret', 'password', { maxLength: ACCESS_MAX.text, rule: 'codeSecret', ...when('secondFactor', 'code-app') }),
  field('role', 'text', optional),
  ...common,
];
const shell = [
  field('host', 'text', { maxLength: ACCESS_MAX.host, inputMode: 'url', rule: 'host' }),
  field('port', 'number', { usual: 22 }),
  field('user', 'text'),
  field('auth', 'select', { options: ['vendor-key', 'password', 'private-key'] }),
  field('vendorKey', 'text', { rule: 'fingerprint', ...when('auth', 'vendor-key') }),
  field('password', 'password', when('auth', 'password')),
  field('privateKey', 'key', when('auth', 'private-key')),
  field('passphrase', 'password', { ...optional, ...when('auth', 'private-key') }),
  field('hostKey', 'text', { ...optional, rule: 'fingerprint' }),
  field('path', 'text', optional),
  ...common,
];

/** Fields of every kind, in the order in which they are asked for. */
export const ACCESS_FIELDS: { readonly [kind in AccessKind]: readonly AccessField[] } = {
  'admin-panel': panel,
  'hosting-panel': panel,
  ssh: shell,
  sftp: shell,
  ftp: [
    field('protocol', 'select', { options: ['ftps', 'ftp'], usual: 'ftps' }),
    field('host', 'text', { maxLength: ACCESS_MAX.host, inputMode: 'url', rule: 'host' }),
    field('port', 'number', { usual: 21 }),
    field('user', 'text'),
    field('password', 'password'),
    field('path', 'text', optional),
    ...common,
  ],
  database: [
    field('engine', 'select', { options: ['mysql', 'mariadb', 'postgres', 'other'] }),
    field('host', 'text', { maxLength: ACCESS_MAX.host, inputMode: 'url', rule: 'host' }),
    field('port', 'number', optional),
    field('database', 'text'),
    field('user', 'text'),
    field('password', 'password'),
    field('viaSsh', 'text', optional),
    field('webTool', 'url', optional),
    ...common,
  ],
  'api-key': [
    field('service', 'text'),
    field('url', 'url', optional),
    field('keyId', 'text', optional),
    field('secret', 'password', { maxLength: ACCESS_MAX.key }),
    ...common,
  ],
  // the first four come from the file that is chosen
  file: [
    field('name', 'text', { rule: 'fileName' }),
    field('type', 'text', { ...optional, maxLength: ACCESS_MAX.type, rule: 'fileType' }),
    field('size', 'number'),
    field('sha256', 'text', { maxLength: 64, rule: 'digest' }),
    ...common,
  ],
  other: [field('fields', 'fields'), ...common],
};

/** One line of an opened record. */
export interface AccessRow {
  /** Of its field; `fields.0` for one the customer named. */
  name: string;
  /** What the customer named it. */
  title?: Secret;
  /** Masked until it is asked for. The others may be shown at once, and are kept out of logs all the same. */
  secret: boolean;
  value: Secret;
}

/** An opened record as lines, in the order of its fields; empty ones are left out. */
export function rowsOf(data: AccessData): AccessRow[] {
  if (data.kind === 'other') {
    const own = data.fields.map(({ name, value, secret }, i) => ({
      name: `fields.${i}`,
      title: new Secret(name),
      secret,
      value: new Secret(value),
    }));
    return [...own, ...rows(data, common)];
  }
  return rows(data, ACCESS_FIELDS[data.kind]);
}

function rows(data: AccessData, fields: readonly AccessField[]): AccessRow[] {
  return fields.flatMap(({ name, secret }) => {
    const value = (data as unknown as Record<string, string | number | undefined>)[name];
    return value === undefined || value === '' ? [] : [{ name, secret, value: new Secret(String(value)) }];
  });
}
