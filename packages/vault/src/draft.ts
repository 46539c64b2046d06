import { SupportError, type AccessKind, type FieldProblem, type FieldProblems } from '@storefront-support/contract';
import { ACCESS_FIELDS, type AccessField } from './access-fields.js';
import { ACCESS_MAX, RULES, isFileSize, isPort, withoutBlanks } from './access-rules.js';
import type { AccessData } from './kinds.js';
import type { VaultError } from './vault-error.js';

export { ACCESS_MAX };

declare const checked: unique symbol;
/** What `checkDraft` has looked at: only such data can be sealed. */
export type CheckedAccess = AccessData & { readonly [checked]: true };

type Values = { [name: string]: unknown };

/**
 * Looks at what a form or a file says: the schemas of `kinds` without the 7 kB of their library, for the customer's page. The tests
 * hold both against one another.
 *
 * @returns The data, as the schema of its kind would have it.
 * @throws {VaultError} `invalid-fields`, whose `fields` say by name what is wrong; never what was written
 */
export function checkDraft(draft: unknown): CheckedAccess {
  const problems = new Problems();
  const values = typeof draft === 'object' && draft !== null ? withoutBlanks(draft) : {};
  const data: Values = {};
  if (checkKind(values, data, problems)) checkFields(values, data, problems);
  if (problems.found.size) {
    const fields = Object.fromEntries(problems.found);
    throw new SupportError('invalid-fields', 'Some fields are not valid; `fields` says which and why.', { fields });
  }
  return data as unknown as CheckedAccess;
}

/** What is wrong with a draft, by field; empty: nothing. */
export function draftProblems(draft: unknown): FieldProblems {
  try {
    checkDraft(draft);
    return {};
  } catch (error) {
    return (error as VaultError).fields ?? {};
  }
}

/** `unencrypted`: whoever listens on the way reads password and files. The customer is told before it is sealed, the agent before it is used. */
export function warningOf(data: AccessData): 'unencrypted' | undefined {
  if (data.kind === 'ftp' && data.protocol === 'ftp') return 'unencrypted';
  const address = 'url' in data ? data.url : 'webTool' in data ? data.webTool : undefined;
  return address?.toLowerCase().startsWith('http:') ? 'unencrypted' : undefined;
}

class Problems {
  readonly found = new Map<string, FieldProblem>();

  /** The first problem of a field stands. */
  add(field: string, code: FieldProblem['code'], detail: string, limit?: number): undefined {
    if (!this.found.has(field)) this.found.set(field, { code, detail, limit });
  }

  missingOrInvalid(field: string, value: unknown, detail: string): undefined {
    return this.add(field, value === undefined ? 'required' : 'invalid', detail);
  }

  unknown(field: string): undefined {
    return this.add(field, 'unknown', 'This member is not known here.');
  }
}

function checkKind({ kind }: Values, data: Values, problems: Problems): boolean {
  if (typeof kind === 'string' && Object.hasOwn(ACCESS_FIELDS, kind)) {
    data['kind'] = kind;
    return true;
  }
  problems.missingOrInvalid('kind', kind, `One of ${Object.keys(ACCESS_FIELDS).join(', ')}.`);
  return false;
}

function checkFields(values: Values, data: Values, problems: Problems): void {
  const all = ACCESS_FIELDS[data['kind'] as AccessKind];
  const deciding = all.find(({ name }) => all.some(({ when }) => when?.field === name));
  if (deciding) {
    data[deciding.name] = checkChoice(deciding, values[deciding.name], problems);
    if (problems.found.size) return;
  }
  const fields = all.filter(({ when }) => !when || data[when.field] === when.is);
  for (const field of fields) {
    const value = checkField(field, values[field.name], problems);
    if (value !== undefined) data[field.name] = value;
  }
  for (const name of Object.keys(values)) if (name !== 'kind' && !fields.some((field) => field.name === name)) problems.unknown(name);
}

function checkField(field: AccessField, value: unknown, problems: Problems): unknown {
  switch (field.control) {
    case 'select':
      return checkChoice(field, value, problems);
    case 'number':
      return checkNumber(field, value, problems);
    case 'fields':
      return checkOwnFields(field.name, value, problems);
    default:
      return checkText(field.name, field, value, problems);
  }
}

function checkChoice({ name, options = [], usual }: AccessField, value: unknown = usual, problems: Problems): unknown {
  if (options.some((option) => option === value)) return value;
  return problems.missingOrInvalid(name, value, `One of ${options.join(', ')}.`);
}

function checkNumber({ name, required, usual }: AccessField, value: unknown = usual, problems: Problems): unknown {
  if (value === undefined && !required) return undefined;
  const [fits, most] = name === 'size' ? [isFileSize, ACCESS_MAX.file] : [isPort, 65_535];
  return fits(value) ? value : problems.missingOrInvalid(name, value, `A number from 1 to ${most}.`);
}

type TextRules = Pick<AccessField, 'required' | 'maxLength' | 'rule' | 'secret'>;

function checkText(name: string, { required, maxLength = 0, rule, secret }: TextRules, value: unknown, problems: Problems): unknown {
  if (value === undefined && !required) return undefined;
  if (typeof value !== 'string') return problems.missingOrInvalid(name, value, 'A text.');
  // a space may belong to a password
  const text = secret && rule !== 'codeSecret' ? value : value.trim();
  if (!text) return problems.add(name, 'required', 'This is needed.', 1);
  if (text.length > maxLength) return problems.add(name, 'too-long', `At most ${maxLength} characters.`, maxLength);
  if (rule && !RULES[rule].holds(text)) return problems.add(name, 'invalid', RULES[rule].detail);
  return text;
}

function checkOwnFields(name: string, value: unknown, problems: Problems): unknown {
  if (!Array.isArray(value)) return problems.missingOrInvalid(name, value, 'A list of names and values.');
  const rows = value.map((row: unknown, i) => {
    const place = `${name}.${i}`;
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return problems.add(place, 'invalid', 'A name and a value.');
    const { name: title, value: text, secret = true, ...more } = row as Values;
    for (const member of Object.keys(more)) problems.unknown(`${place}.${member}`);
    if (typeof secret !== 'boolean') problems.add(`${place}.secret`, 'invalid', 'true or false.');
    return {
      name: checkText(`${place}.name`, { required: true, maxLength: ACCESS_MAX.label, rule: 'line', secret: false }, title, problems),
      value: checkText(`${place}.value`, { required: true, maxLength: ACCESS_MAX.fieldValue, secret: true }, text, problems),
      secret,
    };
  });
  if (!rows.length) problems.add(name, 'required', 'At least one.', 1);
  if (rows.length > ACCESS_MAX.fields) problems.add(name, 'too-many', `At most ${ACCESS_MAX.fields}.`, ACCESS_MAX.fields);
  return rows;
}
