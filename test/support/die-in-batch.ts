/**
 * Preloaded into a server process (`NODE_OPTIONS=--import`): the process kills itself with SIGKILL right before the
 * KILL_AT_COMMIT-th COMMIT of a batch that wrote something, so that the death falls inside an open transaction.
 * Before that it reports `PRAGMA synchronous` of the very connection that commits.
 */
import { writeSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const fatal = Number(process.env['KILL_AT_COMMIT'] ?? 0);
let commits = 0;

function beforeCommit(database: DatabaseSync | undefined): void {
  commits++;
  if (commits === 1 && database) writeSync(2, `\nsynchronous=${JSON.stringify(database.prepare('PRAGMA synchronous').get())}\n`);
  if (fatal && commits >= fatal) {
    writeSync(2, '\ndied inside a batch\n');
    process.kill(process.pid, 'SIGKILL');
  }
}

const isCommit = (sql: string) => /^\s*commit\b/i.test(sql);
const owners = new WeakMap<StatementSync, DatabaseSync>();

const { exec, prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
  if (isCommit(sql)) beforeCommit(this);
  return exec.call(this, sql);
};
DatabaseSync.prototype.prepare = function (...args: Parameters<typeof prepare>) {
  const statement = prepare.apply(this, args);
  if (isCommit(args[0])) owners.set(statement, this);
  return statement;
};
for (const method of ['run', 'all', 'get', 'iterate'] as const) {
  const original = StatementSync.prototype[method] as (...args: unknown[]) => unknown;
  (StatementSync.prototype[method] as unknown) = function (this: StatementSync, ...args: unknown[]) {
    const owner = owners.get(this);
    if (owner) beforeCommit(owner);
    return original.apply(this, args);
  };
}
