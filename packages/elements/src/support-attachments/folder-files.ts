import { bare } from '../base/bare.js';
import { numberIn } from '../base/format.js';
import type { UploadQueue } from './upload-queue.js';

/** More entries of a folder than this are not looked at. */
const MOST_ENTRIES = 2_000;
/** What systems leave in folders. */
const NOBODYS = /^(\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** Adds the files of folders as far as there is room for them, and says how many are left out. */
export async function addFolders(queue: UploadQueue, folders: FileSystemEntry[]): Promise<void> {
  const { files, more } = await filesIn(folders);
  const { limits, language } = queue.element;
  files.sort((a, b) => a.name.localeCompare(b.name, language.tag, bare({ numeric: true })));
  const room = Math.max(0, (limits?.count ?? files.length) - queue.count('queued', 'uploading', 'done', 'failed', 'missing', 'asking'));
  const taken = files.slice(0, room);
  if (taken.length) queue.add(taken);
  const left = files.length - taken.length + more;
  if (!left || !limits) return;
  const said = await queue.speak();
  queue.notice = said.leftOut(left, numberIn(language.tag, left), numberIn(language.tag, limits.count));
  queue.say((text) => (taken.length ? `${text.added(taken.length, numberIn(language.tag, taken.length))}. ${queue.notice}` : queue.notice));
}

/** @returns `more`: entries that were not looked at, or could not be read. */
async function filesIn(folders: FileSystemEntry[]): Promise<{ files: File[]; more: number }> {
  const files: File[] = [];
  const queue = [...folders];
  let looked = 0;
  let unread = 0;
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    if (NOBODYS.test(entry.name)) continue;
    if (++looked > MOST_ENTRIES) return { files, more: unread + queue.length + 1 };
    try {
      if (entry.isDirectory) queue.push(...(await entriesOf(entry as FileSystemDirectoryEntry)));
      else files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    } catch {
      unread++;
    }
  }
  return { files, more: unread };
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // a browser hands out a hundred at a time
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length || all.length > MOST_ENTRIES) return all;
    all.push(...some);
  }
}
