import type { AccessKind, FieldProblems } from '@storefront-support/contract';
import { fieldProblems } from '@storefront-support/contract/field-problems';
import * as z from 'zod/mini';
import { ACCESS_MAX, RULES, isFileSize, isPort, withoutBlanks, type Rule } from './access-rules.js';

const follows = ({ holds, detail }: Rule) => z.refine<string>(holds, { error: detail });
const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const line = (max: number, rule: Rule = RULES.line) => text(max).check(follows(rule));
/** Never trimmed: a space may belong to it. */
const secret = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

const short = line(ACCESS_MAX.text);
const password = secret(ACCESS_MAX.password);
const url = line(ACCESS_MAX.url, RULES.address);
const host = line(ACCESS_MAX.host, RULES.host);
const port = z.number().check(z.refine(isPort, { error: 'A number from 1 to 65535.' }));
const fingerprint = line(ACCESS_MAX.text, RULES.fingerprint);
const common = { label: z.optional(line(ACCESS_MAX.label)), note: z.optional(text(ACCESS_MAX.note)) };

const panel = <Kind extends 'admin-panel' | 'hosting-panel'>(kind: Kind) => {
  const members = { kind: z.literal(kind), url, login: short, password, role: z.optional(short), ...common };
  return {
    off: z.strictObject({ ...members, secondFactor: z.literal('off') }),
    'ask-me': z.strictObject({ ...members, secondFactor: z.literal('ask-me'), secondFactorNote: z.optional(short) }),
    /** The key that an app for codes is set up with. */
    'code-app': z.strictObject({ ...members, secondFactor: z.literal('code-app'), codeSecret: line(ACCESS_MAX.text, RULES.codeSecret) }),
  };
};

const shell = <Kind extends 'ssh' | 'sftp'>(kind: Kind) => {
  const machine = { host, port: z._default(port, 22), user: short, hostKey: z.optional(fingerprint), path: z.optional(short), ...common };
  const privateKey = secret(ACCESS_MAX.key).check(follows(RULES.privateKey));
  return {
    'vendor-key': z.strictObject({ kind: z.literal(kind), auth: z.literal('vendor-key'), ...machine, vendorKey: fingerprint }),
    password: z.strictObject({ kind: z.literal(kind), auth: z.literal('password'), ...machine, password }),
    'private-key': z.strictObject({
      kind: z.literal(kind),
      auth: z.literal('private-key'),
      ...machine,
      privateKey,
      passphrase: z.optional(password),
    }),
  };
};

const schemas = {
  'admin-panel': { by: 'secondFactor', usual: 'off', of: panel('admin-panel') },
  'hosting-panel': { by: 'secondFactor', usual: 'off', of: panel('hosting-panel') },
  ssh: { by: 'auth', usual: undefined, of: shell('ssh') },
  sftp: { by: 'auth', usual: undefined, of: shell('sftp') },
  ftp: z.strictObject({
    kind: z.literal('ftp'),
    protocol: z._default(z.enum(['ftps', 'ftp']), 'ftps'),
    host,
    port: z._default(port, 21),
    user: short,
    password,
    path: z.optional(short),
    ...common,
  }),
  database: z.strictObject({
    kind: z.literal('database'),
    engine: z.enum(['mysql', 'mariadb', 'postgres', 'other']),
    host,
    port: z.optional(port),
    database: short,
    user: short,
    password,
    viaSsh: z.optional(short),
    webTool: z.optional(url),
    ...common,
  }),
  'api-key': z.strictObject({
    kind: z.literal('api-key'),
    service: short,
    url: z.optional(url),
    keyId: z.optional(short),
    secret: secret(ACCESS_MAX.key),
    ...common,
  }),
  file: z.strictObject({
    kind: z.literal('file'),
    name: line(ACCESS_MAX.text, RULES.fileName),
    type: z.optional(line(ACCESS_MAX.type, RULES.fileType)),
    /** Bytes. */
    size: z.number().check(z.refine(isFileSize, { error: `From 1 to ${ACCESS_MAX.file} bytes.` })),
    sha256: line(64, RULES.digest),
    ...common,
  }),
  other: z.strictObject({
    kind: z.literal('other'),
    fields: z
      .array(
        z.strictObject({
          name: line(ACCESS_MAX.label),
          value: secret(ACCESS_MAX.fieldValue),
          secret: z._default(z.boolean(), true),
        }),
      )
      .check(z.minLength(1), z.maxLength(ACCESS_MAX.fields)),
    ...common,
  }),
} as const satisfies { [kind in AccessKind]: unknown };

type Schemas = typeof schemas;
type Simple = Extract<Schemas[keyof Schemas], z.ZodMiniType>;
type Choice = Exclude<Schemas[keyof Schemas], z.ZodMiniType>['of'];
type Chosen<Of> = Of extends unknown ? Of[keyof Of] : never;

/** A lent login, key or file description, as its kind has it. */
export type AccessData = z.infer<Simple> | z.infer<Extract<Chosen<Choice>, z.ZodMiniType>>;

/**
 * Looks at a draft, or at what was inside a record: the schemas are the word on both. Members that nothing was written into count as
 * left out; texts come back trimmed, secrets as they are, and what was left out with its usual value.
 *
 * @returns The data, or what is wrong with it by field, without anything of what was written.
 */
export function readAccess(draft: unknown): { data: AccessData } | { problems: FieldProblems } {
  const value = typeof draft === 'object' && draft !== null ? withoutBlanks(draft) : {};
  const kind = value['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(schemas, kind)) {
    const code = kind === undefined ? 'required' : 'invalid';
    return { problems: { kind: { code, detail: `One of ${Object.keys(schemas).join(', ')}.` } } };
  }
  const entry = schemas[kind as AccessKind];
  if (!('by' in entry)) return parsed(entry, { ...value });
  const choice = value[entry.by] === undefined ? entry.usual : value[entry.by];
  if (typeof choice !== 'string' || !Object.hasOwn(entry.of, choice)) {
    const code = choice === undefined ? 'required' : 'invalid';
    return { problems: { [entry.by]: { code, detail: `One of ${Object.keys(entry.of).join(', ')}.` } } };
  }
  return parsed((entry.of as unknown as Record<string, z.ZodMiniType>)[choice] as z.ZodMiniType, {
    ...value,
    [entry.by]: choice,
  });
}

function parsed(schema: z.ZodMiniType, value: object): { data: AccessData } | { problems: FieldProblems } {
  const result = z.safeParse(schema, value, { reportInput: true });
  return result.success ? { data: result.data as AccessData } : { problems: fieldProblems(result.error.issues) };
}
