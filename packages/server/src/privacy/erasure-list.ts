import { createHmac, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { syncPath } from '../files/replace-file.js';

/** Its name in the data folder. */
export const ERASURES = 'erasures';

/** That somebody was erased, without saying who. */
export interface Erasure {
  id: string;
  /** Milliseconds since 1970. Whoever has come back since is somebody new. */
  at: number;
  /** See `ErasureHashes`. */
  person: string;
  tickets: string[];
}

const HASH = /^[0-9a-f]{64}$/;

/**
 * The people who were erased, outside the database: a database that is put back from a backup has forgotten. One line of JSON each,
 * only ever added to.
 */
export class ErasureList {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, ERASURES);
  }

  /** Resolves once the line is on disk. */
  async add(erasure: Omit<Erasure, 'id'>): Promise<Erasure> {
    const added = { id: randomUUID(), ...erasure };
    await this.#append([added]);
    return added;
  }

  /** Adds those of `others` that are not in it. */
  async merge(others: readonly Erasure[]): Promise<void> {
    const known = new Set((await this.read()).map(({ id }) => id));
    const news = others.filter(({ id }) => !known.has(id));
    if (news.length > 0) await this.#append(news);
  }

  /** In the order of their adding. A line that a crash has cut was never acted upon, and is passed over. */
  async read(): Promise<Erasure[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return erasuresIn(text);
  }

  async #append(erasures: readonly Erasure[]): Promise<void> {
    const file = await open(this.#file, constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY, 0o600);
    try {
      // begins with a line break too: the last line may have been cut
      await file.writeFile(erasures.map((erasure) => `\n${JSON.stringify(erasure)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await syncPath(path.dirname(this.#file));
  }
}

/** The erasures that the text of a list holds. */
export function erasuresIn(text: string): Erasure[] {
  const found = new Map<string, Erasure>();
  for (const line of text.split('\n')) {
    const erasure = line === '' ? null : readLine(line);
    if (erasure) found.set(erasure.id, erasure);
  }
  return [...found.values()];
}

function readLine(line: string): Erasure | null {
  let value: Partial<Erasure> | null;
  try {
    value = JSON.parse(line) as Partial<Erasure> | null;
  } catch {
    return null;
  }
  const { id, at, person, tickets } = value ?? {};
  if (typeof id !== 'string' || typeof at !== 'number' || typeof person !== 'string' || !HASH.test(person) || !Array.isArray(tickets))
    return null;
  return { id, at, person, tickets: tickets.filter((hash) => typeof hash === 'string' && HASH.test(hash)) };
}

/**
 * Names people and tickets in the list. Keyed by the secret of the installation: whoever has a plain hash of an address finds the
 * address by trying, and so learns who asked to be forgotten.
 */
export class ErasureHashes {
  readonly #key: Uint8Array;

  constructor(installSecret: Uint8Array) {
    this.#key = createHmac('sha256', installSecret).update('erasures').digest();
  }

  person(deskId: string, emailKey: string): string {
    return this.#hash('person', deskId, emailKey);
  }

  ticket(deskId: string, number: string): string {
    return this.#hash('ticket', deskId, number);
  }

  #hash(...parts: string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest('hex');
  }
}
