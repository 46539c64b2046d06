import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { SupportError } from '@storefront-support/contract';
import type { Context } from 'hono';
import { chunksOf } from '../files/request-bytes.js';
import type { AppEnv } from '../ports.js';

/** Longer than any message, every character of it four bytes. All fields together have no more: they are written into a page again. */
const FIELD_BYTES = 500_000;
const FIELDS_MOST = 60;
const FILES_MOST = 100;
/** Far more than a form has. Each costs some 20 µs however short it is: a body of nothing else would keep the server from all other work. */
const PARTS_MOST = 1_000;
/** Beyond what is taken, so much is still read, for the fields behind it and because browsers show no answer before. */
const READ_AWAY_BYTES = 256 * 1024 * 1024;
/** The same where there are no files. */
const FIELDS_READ_AWAY_BYTES = 64 * 1024;
/** Whoever is slower holds a connection and sends nothing. */
const WHOLE_MS = 30 * 60_000;
/** The same where there are no files. */
const FIELDS_WHOLE_MS = 60_000;

/** A file while it arrives. It is to be read to its end; an early end throws. */
export interface ArrivingFile {
  /** As the browser wrote it. */
  name: string;
  bytes: AsyncIterable<Buffer>;
}

/** What could be read of a form. */
export interface ReadForm {
  /** Line breaks are `\n`. Of several of one name the first. */
  fields: ReadonlyMap<string, string>;
  /** Why it is not whole. */
  trouble: SupportError | null;
  /** What `take` has first thrown; the fields are there all the same. */
  failure?: unknown;
}

export interface ReadFormOptions {
  /** Names of fields; others are passed over. */
  names: ReadonlySet<string>;
  /** Files by the name of their field, and what takes them, one after the other. Absent: none are wanted, and little is waited for. */
  files?: { name: string; take: (file: ArrivingFile) => Promise<void> };
  /** Bytes that fields and files may have together. */
  most: number;
  /** Once aborted, no more bytes are waited for. */
  ending?: AbortSignal | undefined;
}

/** A form as browsers post it: `multipart/form-data`, or without files `application/x-www-form-urlencoded`. Never rejects. */
export async function readForm(c: Context<AppEnv>, { names, files, most, ending }: ReadFormOptions): Promise<ReadForm> {
  const fields = new Map<string, string>();
  const parser = parserFor(c.req.header('Content-Type'));
  if (!parser) return { fields, trouble: new SupportError('type-not-allowed', 'Post a form: multipart/form-data, or urlencoded.') };
  let taking: Promise<void> = Promise.resolve();
  const failures: unknown[] = [];
  let current: Readable | undefined;
  let failed = false;
  let room = FIELD_BYTES;
  let tooMuch = false;
  parser.on('field', (name, value) => {
    if (!names.has(name) || fields.has(name)) return;
    if (value.length > room) return void (tooMuch = true);
    room -= value.length;
    fields.set(name, value.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd'));
  });
  parser.on('file', (name, stream, written) => {
    current = stream;
    stream.on('error', () => undefined);
    // an empty name: none was chosen
    if (name !== files?.name || written === '') return void stream.resume();
    // in the order in which they stand: the parser may be at the next one before this one is kept
    taking = taking
      .then(() => files.take({ name: written, bytes: stream }))
      .catch((error: unknown) => {
        failures.push(error);
        // the parser waits for whoever reads it, and would for good
        stream.resume();
      });
  });
  parser.on('error', () => (failed = true));
  parser.on('partsLimit', () => parser.destroy(new Error('No form has so many parts.')));
  const finished = new Promise<void>((resolve) => parser.once('finish', resolve).once('error', () => resolve()));

  const feed = await feedInto(parser, bodyOf(c), {
    most: most + (files ? READ_AWAY_BYTES : FIELDS_READ_AWAY_BYTES),
    wholeMs: files ? WHOLE_MS : FIELDS_WHOLE_MS,
    ending,
    isFailed: () => failed,
  });
  let trouble = feed.trouble;
  if (trouble) current?.destroy(new Error('The form ended early.'));
  else {
    if (!failed) parser.end();
    await finished;
    if (failed) trouble = new SupportError('invalid-request', 'The form ended early, or is none.');
    else if (feed.size > most || tooMuch) trouble = new SupportError('too-large', `A form may have ${most} bytes.`);
  }
  if (failed) current?.destroy(new Error('The form ended early.'));
  await taking;
  return { fields, trouble, ...(failures.length > 0 && { failure: failures[0] }) };
}

function parserFor(type = ''): BusboyInstance | null {
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\s*(;|$)/i.test(type)) return null;
  try {
    return new Busboy({
      headers: { 'content-type': type },
      preservePath: true,
      isPartAFile: (_name, _type, written) => written !== undefined,
      limits: { fieldSize: FIELD_BYTES, fields: FIELDS_MOST, files: FILES_MOST, parts: PARTS_MOST, headerPairs: 20, headerSize: 8_192 },
    });
  } catch {
    // no boundary, or one that cannot be
    return null;
  }
}

function bodyOf(c: Context<AppEnv>): Readable {
  const incoming: unknown = c.env?.incoming;
  if (incoming instanceof IncomingMessage) return incoming;
  return c.req.raw.body ? Readable.fromWeb(c.req.raw.body as never) : Readable.from([]);
}

interface Feed {
  most: number;
  wholeMs: number;
  ending: AbortSignal | undefined;
  isFailed: () => boolean;
}

/** Hands the parser the body, as fast as it takes it. @returns how much it was, and why it was not all of it. */
async function feedInto(
  parser: BusboyInstance,
  body: Readable,
  { most, wholeMs, ending, isFailed }: Feed,
): Promise<{ size: number; trouble: SupportError | null }> {
  let size = 0;
  const late = setTimeout(() => body.destroy(), wholeMs);
  try {
    for await (const chunk of chunksOf(body, ending)) {
      size += chunk.length;
      if (size > most) return { size, trouble: new SupportError('too-large', 'The form is far too large.') };
      // what follows a fault is read, so that the answer is
      if (!isFailed() && !parser.write(chunk) && !isFailed())
        await new Promise<void>((resolve) => {
          parser.once('drain', resolve);
          parser.once('error', () => resolve());
        });
    }
    return { size, trouble: null };
  } catch {
    return {
      size,
      trouble: ending?.aborted
        ? new SupportError('unavailable', 'The server is stopping.')
        : new SupportError('invalid-request', 'The form ended early.'),
    };
  } finally {
    clearTimeout(late);
  }
}
