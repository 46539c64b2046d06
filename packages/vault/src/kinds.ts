import { SupportError, type FieldProblems } from '@storefront-support/contract';
import { fieldProblems } from '@storefront-support/contract/field-problems';
import * as z from 'zod/mini';
import { fromBase64 } from './ssh/wire.js';
import { isFingerprint } from './ssh/public-key.js';
import type { VaultError } from './vault-error.js';

/** Largest lengths, UTF-16 code units; `file` in bytes. */
export const ACCESS_MAX = {
  label: 80,
  note: 4_000,
  text: 200,
  url: 2_000,
  password: 1_000,
  key: 16_000,
  fields: 20,
  fieldValue: 2_000,
  file: 5_000_000,
} as const;

const error = (detail: string) => ({ error: detail });
const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(ACCESS_MAX.text), z.regex(/^[^\r\n]*$/, error('One line.')));
/** Never trimmed: a space may belong to it. */
const password = z.string().check(z.minLength(1), z.maxLength(ACCESS_MAX.password));
const url = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(ACCESS_MAX.url),
    z.refine(isPlainAddress, error('An address that begins with https:// or http://, without a user name or password in it.')),
  );
const host = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(253),
    z.regex(
      /^(\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}]([\p{L}\p{N}._-]*[\p{L}\p{N}])?|[0-9A-Fa-f:]+)$/u,
      error('A host name or address alone: no ssh://, no user, no path.'),
    ),
  );
const port = (usual: number) => z._default(z.int(error('A number from 1 to 65535.')).check(z.minimum(1), z.maximum(65_535)), usual);
const fingerprint = z.string().check(z.trim(), z.refine(isFingerprint, error('SHA256: and 43 characters, as ssh-keygen -lf prints it.')));
const privateKey = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(ACCESS_MAX.key),
    z.refine(isPrivateKey, error('The whole private key, from -----BEGIN to -----END; the public key opens nothing.')),
  );
const common = { label: z.optional(text(ACCESS_MAX.label)), note: z.optional(text(ACCESS_MAX.note)) };

const secondFactor = {
  secondFactor: z._default(z.enum(['off', 'ask-me', 'code-app']), 'off'),
  secondFactorNote: z.optional(text(ACCESS_MAX.text)),
  /** The key that an app for codes is set up with. */
  codeSecret: z.optional(
    z.string().check(z.trim(), z.regex(/^[A-Za-z2-7 ]{16,200}=*$/, error('The key of the code app: letters and digits from 2 to 7.'))),
  ),
};
const panel = <Kind extends 'admin-panel' | 'hosting-panel'>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), url, login: line, password, role: z.optional(line), ...secondFactor, ...common }).check(
    z.refine(({ secondFactor, codeSecret }) => secondFactor !== 'code-app' || codeSecret !== undefined, {
      path: ['codeSecret'],
      params: { problem: 'required' },
      error: 'The key that the app for codes is set up with.',
    }),
    z.refine(({ secondFactor, codeSecret }) => secondFactor === 'code-app' || codeSecret === undefined, {
      path: ['codeSecret'],
      params: { problem: 'not-allowed' },
      error: 'Only where codes of an app are asked for.',
    }),
  );

const machine = { host, port: port(22), user: line, hostKey: z.optional(fingerprint), path: z.optional(line) };
const shell = <Kind extends 'ssh' | 'sftp'>(kind: Kind) =>
  z.discriminatedUnion('auth', [
    z.strictObject({ kind: z.literal(kind), auth: z.literal('vendor-key'), ...machine, vendorKey: fingerprint, ...common }),
    z.strictObject({ kind: z.literal(kind), auth: z.literal('password'), ...machine, password, ...common }),
    z.strictObject({
      kind: z.literal(kind),
      auth: z.literal('private-key'),
      ...machine,
      privateKey,
      passphrase: z.optional(password),
      ...common,
    }),
  ]);

const schemas = {
  'admin-panel': panel('admin-panel'),
  'hosting-panel': panel('hosting-panel'),
  ssh: shell('ssh'),
  sftp: shell('sftp'),
  ftp: z.strictObject({
    kind: z.literal('ftp'),
    protocol: z._default(z.enum(['ftps', 'ftp']), 'ftps'),
    host,
    port: port(21),
    user: line,
    password,
    path: z.optional(line),
    ...common,
  }),
  database: z.strictObject({
    kind: z.literal('database'),
    engine: z.enum(['mysql', 'mariadb', 'postgres', 'other']),
    host,
    port: z.optional(z.int(error('A number from 1 to 65535.')).check(z.minimum(1), z.maximum(65_535))),
    database: line,
    user: line,
    password,
    viaSsh: z.optional(line),
    webTool: z.optional(url),
    ...common,
  }),
  'api-key': z.strictObject({
    kind: z.literal('api-key'),
    service: line,
    url: z.optional(url),
    keyId: z.optional(line),
    secret: z.string().check(z.minLength(1), z.maxLength(ACCESS_MAX.key)),
    ...common,
  }),
  file: z.strictObject({
    kind: z.literal('file'),
    name: line.check(z.regex(/^(?!\.{1,2}$)[^/\\\0]+$/, error('A file name without a folder.'))),
    type: z._default(z.string().check(z.maxLength(127), z.regex(/^([\w.+-]+\/[\w.+-]+)?$/)), ''),
    size: z.int().check(z.minimum(1), z.maximum(ACCESS_MAX.file)),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    ...common,
  }),
  other: z.strictObject({
    kind: z.literal('other'),
    fields: z
      .array(
        z.strictObject({
          name: line.check(z.maxLength(ACCESS_MAX.label)),
          value: z.string().check(z.minLength(1), z.maxLength(ACCESS_MAX.fieldValue)),
          secret: z._default(z.boolean(), true),
        }),
      )
      .check(z.minLength(1), z.maxLength(ACCESS_MAX.fields)),
    ...common,
  }),
};

/** What can be lent. */
export type AccessKind = keyof typeof schemas;

declare const checked: unique symbol;
/** A lent login, key or file description, as its kind has it. */
export type AccessData = z.infer<(typeof schemas)[AccessKind]>;
/** The same, after `checkAccess` has looked at it: only such a one can be sealed. */
export type CheckedAccess = AccessData & { readonly [checked]: true };

/** For whoever reads a sealed record. */
export const accessDataSchema = z.union(Object.values(schemas) as [(typeof schemas)[AccessKind], ...(typeof schemas)[AccessKind][]]);

/**
 * Looks at what a form or a file says. Texts come back trimmed, numbers that were left out with their usual value.
 *
 * @throws {VaultError} `invalid-fields`, whose `fields` say by name what is wrong; never what was written
 */
export function checkAccess(draft: unknown): CheckedAccess {
  const kind: unknown = (draft as { kind?: unknown } | null)?.kind;
  const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind as AccessKind] : undefined;
  if (!schema) throw invalid({ kind: { code: 'invalid', detail: `One of ${Object.keys(schemas).join(', ')}.` } });
  const parsed = z.safeParse(schema, draft, { reportInput: true });
  if (!parsed.success) throw invalid(fieldProblems(parsed.error.issues));
  return parsed.data as CheckedAccess;
}

/** What is wrong with a draft, by field; empty: nothing. */
export function accessProblems(draft: unknown): FieldProblems {
  try {
    checkAccess(draft);
    return {};
  } catch (error) {
    return (error as VaultError).fields ?? {};
  }
}

/** `unencrypted`: whoever listens on the way reads password and files. The customer is told before it is sealed, the agent before it is used. */
export function warningOf(data: AccessData): 'unencrypted' | undefined {
  if (data.kind === 'ftp' && data.protocol === 'ftp') return 'unencrypted';
  const address = 'url' in data ? data.url : 'webTool' in data ? data.webTool : undefined;
  return address?.startsWith('http:') ? 'unencrypted' : undefined;
}

function invalid(fields: FieldProblems): VaultError {
  return new SupportError('invalid-fields', 'Some fields are not valid; `fields` says which and why.', { fields });
}

function isPlainAddress(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password: inside, hostname } = new URL(value);
  return !username && !inside && hostname !== '';
}

function isPrivateKey(value: string): boolean {
  if (/^PuTTY-User-Key-File-[23]: [^]+\nPrivate-Lines: \d/.test(value.trim())) return true;
  const [, type, body = '', end] =
    /^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\r?\n([^]+?)\r?\n-----END ([A-Z0-9 ]*PRIVATE KEY)-----$/.exec(value.trim()) ?? [];
  // older keys carry headers such as Proc-Type
  const base64 = body.replace(/^[\w-]+: .*$/gm, '').replace(/\s/g, '');
  return type !== undefined && type === end && base64 !== '' && fromBase64(base64) !== undefined;
}
