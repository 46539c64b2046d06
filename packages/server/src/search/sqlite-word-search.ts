import { Worker } from 'node:worker_threads';
import { NEWEST_HITS, scopeOf, type WordQuestion, type WordSearch } from './word-search.js';

/** One query at a time on a connection of its own, which can only read: while it looks, the server answers. */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData.file, { readOnly: true, timeout: 5000 });
  const hits = database.prepare(
    'select t.ticket_id as ticketId, t.words as words from' +
      ' (select rowid as id from search_index where search_index match ? order by rowid desc limit ' + workerData.newest + ') h' +
      ' join search_text t on t.id = h.id order by t.id desc',
  );
  parentPort.on('message', ({ id, match, words, limit }) => {
    try {
      const best = new Map();
      for (const hit of hits.iterate(match)) {
        let score = 0;
        let length = 0;
        for (const word of hit.words.split(' ')) {
          length++;
          for (const asked of words) if (word.startsWith(asked)) score += word === asked ? 2 : 1;
        }
        score /= length + 20;
        if (!(best.get(hit.ticketId) >= score)) best.set(hit.ticketId, score);
      }
      const ids = [...best].sort((a, b) => b[1] - a[1]).slice(0, limit).map(([ticketId]) => ticketId);
      parentPort.postMessage({ id, ids });
    } catch (error) {
      parentPort.postMessage({ id, error: error.message });
    }
  });
`;

interface Waiting {
  resolve(ids: string[]): void;
  reject(error: Error): void;
}

type Answer = { id: number; ids: string[] } | { id: number; error: string };

/** Searches the FTS5 index of a database file. Its thread begins with the first search. */
export class SqliteWordSearch implements WordSearch {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;

  constructor(file: string) {
    this.#file = file;
  }

  find({ deskId, contactIds, words, limit }: WordQuestion): Promise<string[]> {
    const scopes = contactIds ? contactIds.map((id) => scopeOf(deskId, id)) : [scopeOf(deskId)];
    // nothing but letters and digits in either
    const match = `scopes : (${scopes.join(' OR ')}) AND words : (${words.map((word) => `"${word}" *`).join(' AND ')})`;
    return new Promise((resolve, reject) => {
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject });
      this.#started().postMessage({ id, match, words, limit });
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const workerData = { file: this.#file, newest: NEWEST_HITS };
    const worker = (this.#worker = new Worker(READER, { eval: true, workerData, execArgv: [], env: {} }));
    worker.unref();
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('ids' in answer) waiting?.resolve(answer.ids);
      else waiting?.reject(new Error(`The search failed: ${answer.error}`));
    });
    let failure = new Error('The search was stopped.');
    worker.once('error', (error: Error) => (failure = error));
    worker.once('exit', () => {
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(failure);
      this.#waiting.clear();
    });
    return worker;
  }
}
