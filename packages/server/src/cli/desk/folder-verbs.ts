import path from 'node:path';
import { checkStore, type Checked } from '../../backup/check-store.js';
import { restoreBackup } from '../../backup/restore-backup.js';
import { takeBackup } from '../../backup/take-backup.js';
import type { Places } from './counter.js';
import { CannotBeDone, type FolderVerb } from './verb.js';

/** What the operator does with everything at once. */
export const FOLDER_VERBS: FolderVerb[] = [
  {
    name: 'backup',
    words: [],
    summary: 'write a backup of everything, while the server runs or not',
    help: [
      'The database as it is in one moment, the files, the secret of the installation and the list of who was erased, with a hash of each.',
      'On Postgres it needs pg_dump, of the server’s version or a later one.',
    ],
    options: { out: { value: 'FOLDER', help: 'empty or not there; a folder named after the time, beside the data folder, otherwise' } },
    async runOn(places, typed) {
      const folder = path.resolve(typed.text('out') ?? `${places.dataDir}-backups/${new Date().toISOString().replace(/[:.]/g, '')}`);
      const value = await inPlainWords(takeBackup(places, folder));
      const damaged = value.damaged.map((name) => `${name} is missing or damaged, and so it is in the backup.`);
      return { value, lines: [`${value.folder}: ${value.files} files, ${value.bytes} bytes.`, ...damaged], failed: damaged.length > 0 };
    },
  },
  {
    name: 'restore',
    words: ['FOLDER'],
    summary: 'put a backup into an empty data folder, and check it',
    help: [
      'A list of erasures may lie in the data folder already: it counts together with the one of the backup, and whoever is in either is',
      'erased before anything is answered.',
    ],
    options: { erasures: { value: 'FILE', many: true, help: 'one more list of erasures; may be given more than once' } },
    async runOn(places, typed) {
      const restored = await inPlainWords(restoreBackup(places, path.resolve(typed.words[0] ?? ''), typed.all('erasures')));
      const checked = await checkStore(places);
      const again = restored.erasedAgain === 0 ? [] : [`${restored.erasedAgain} erased again.`];
      const lines = [`Restored as of ${restored.madeAt}: ${restored.files} files.`, ...again, ...linesOf(checked)];
      return { value: { ...restored, ...checked }, lines, failed: checked.problems.length > 0 };
    },
  },
  {
    name: 'check',
    words: [],
    summary: 'look whether everything is there and fits together',
    help: ['Database, references, numbers of entries, and every file against its hash. Changes nothing. Exit code 1: something is wrong.'],
    options: {},
    async runOn(places: Places) {
      const value = await inPlainWords(checkStore(places));
      return { value, lines: linesOf(value), failed: value.problems.length > 0 };
    },
  },
];

function linesOf({ tickets, files, problems }: Checked): string[] {
  return problems.length === 0 ? [`All is well: ${tickets} tickets, ${files} files.`] : problems;
}

/** What these throw is written to be read. */
async function inPlainWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new CannotBeDone(error instanceof Error ? error.message : String(error));
  }
}
