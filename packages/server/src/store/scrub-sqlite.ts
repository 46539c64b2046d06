import { Worker } from 'node:worker_threads';

/** How long readers of an older state are waited for; nobody can write meanwhile. */
const READERS_MS = 3_000;

/**
 * Pages that were split keep stale copies of rows, which `secure_delete` does not reach: only pages built anew hold none. The log is
 * cut to nothing, because it holds pages as they were.
 */
const SCRUB = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData.file, { timeout: workerData.timeout });
  try {
    database.exec('PRAGMA secure_delete = ON');
    database.exec('VACUUM');
    const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    parentPort.postMessage(busy === 0);
  } finally {
    database.close();
  }
`;

/**
 * Rebuilds the database file without anything that was deleted, on a thread of its own. No other connection may write meanwhile.
 *
 * @returns false: somebody reads an older state, so the log could not be cut.
 */
export function scrubSqlite(file: string): Promise<boolean> {
  const worker = new Worker(SCRUB, { eval: true, workerData: { file, timeout: READERS_MS }, execArgv: [], env: {} });
  return new Promise((resolve, reject) => {
    let complete = false;
    worker.once('message', (cut: boolean) => (complete = cut));
    worker.once('error', reject);
    worker.once('exit', () => resolve(complete));
  });
}
