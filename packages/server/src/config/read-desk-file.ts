import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument, type Document } from 'yaml';
import type * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import type { DeskConfig, IdentityKey } from '../desk-config.js';
import { numbersInOrder, runsFromRight } from '../locales/isolated.js';
import { checkDesks } from './desk-checks.js';
import { deskFileSchema, type DeskEntry } from './desk-file-schema.js';
import { IdentityKeyError, readIdentityKey } from './identity-keys.js';

/** Files of a contact that keeps no messages leave by mail, and mail carries no more. */
const MAILED_FILES_MAX = 15_000_000;

/** The desk file cannot be used. The message names the file and, per problem, the line, the reason and what would be right. */
export class DeskFileError extends Error {
  constructor(file: string, problems: { line: number; text: string }[]) {
    const lines = problems.map(({ line, text }) => `${file}:${line}: ${text}`);
    super(lines.join('\n'));
    this.name = 'DeskFileError';
  }
}

/**
 * The desks of a YAML (or JSON) file.
 *
 * @throws {DeskFileError} when anything in it is wrong.
 */
export async function readDeskFile(file: string): Promise<DeskConfig[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The desk file ${file} cannot be read (${error.code ?? error.message}). CONFIG names it.`);
  });
  return parseDeskFile(text, file);
}

/**
 * The desks that a YAML (or JSON) text describes.
 *
 * @param file name that the messages of errors carry.
 * @throws {DeskFileError} when anything in it is wrong.
 */
export function parseDeskFile(text: string, file: string): DeskConfig[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new DeskFileError(
      file,
      document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, text: message.split(' at line')[0] ?? message })),
    );
  }
  const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document, path)).line;
  const parsed = deskFileSchema.safeParse(document.toJS(), { error: en().localeError });
  if (!parsed.success) {
    throw new DeskFileError(
      file,
      parsed.error.issues.flatMap((issue) =>
        describe(issue).map(({ path, reason }) => ({ line: lineOf(path), text: `${nameOf(path)}: ${reason}` })),
      ),
    );
  }
  const problems = checkDesks(parsed.data);
  const folder = path.dirname(path.resolve(file));
  const desks = parsed.data.map((entry, n): DeskConfig => ({
    ...withWaysInOrder(withMailedFilesCapped(entry)),
    identity: keysOf(entry, n),
  }));
  if (problems.length > 0) {
    throw new DeskFileError(
      file,
      problems.map(({ path, reason }) => ({ line: lineOf(path), text: `${nameOf(path)}: ${reason}` })),
    );
  }
  return desks;

  function keysOf({ identity }: DeskEntry, n: number): IdentityKey[] {
    return identity.flatMap((entry, k) => {
      try {
        return [readIdentityKey(entry, folder)];
      } catch (error) {
        if (!(error instanceof IdentityKeyError)) throw error;
        problems.push({ path: [n, 'identity', k, error.member], reason: error.message });
        return [];
      }
    });
  }
}

function withMailedFilesCapped(config: DeskEntry): DeskEntry {
  const { files } = config.desk.limits;
  if (!files) return config;
  const contacts = config.desk.contacts.map((contact) => {
    if (contact.keepsMessages) return contact;
    const bytesPerTicket = Math.min(contact.files?.bytesPerTicket ?? files.bytesPerTicket, MAILED_FILES_MAX);
    const bytesPerFile = Math.min(contact.files?.bytesPerFile ?? files.bytesPerFile, bytesPerTicket);
    return { ...contact, files: { ...contact.files, bytesPerFile, bytesPerTicket } };
  });
  return { ...config, desk: { ...config.desk, contacts } };
}

/** A phone number is read aloud and dialled as it is seen: in its label its groups stand in order, wherever that is shown. */
function withWaysInOrder(config: DeskEntry): DeskEntry {
  const written = (text: string) => (runsFromRight(text) ? numbersInOrder(text) : text);
  const otherWays = config.desk.otherWays.map((way) => {
    const { label } = way;
    const all =
      typeof label === 'string' ? written(label) : Object.fromEntries(Object.entries(label).map(([tag, text]) => [tag, written(text)]));
    return { ...way, label: all };
  });
  return { ...config, desk: { ...config.desk, otherWays } };
}

function describe(issue: z.core.$ZodIssue): { path: PropertyKey[]; reason: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      reason: 'this member is not known here: remove it, or check its spelling',
    }));
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [{ path: issue.path, reason: `is missing: ${article(issue.expected)} is expected` }];
  }
  return [{ path: issue.path, reason: issue.message }];
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** `[0].desk.contacts[1].name` */
function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name.replace(/^\./, '') || 'the file';
}

/** Where the member stands; where it is missing, the nearest member around it. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
    const node = isPair(pair) && isNode(pair.key) ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range[0] ?? 0;
}
