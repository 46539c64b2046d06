import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CaughtMail } from '../mail/mail-catcher.js';

/** Half a mail that nobody goes on writing. */
const ABANDONED_MS = 60_000;

/** Mails caught in a data folder. */
export const CAUGHT = 'mail';

/** Which mails are about somebody. */
export interface MailsOf {
  /** Lower case. */
  email?: string | undefined;
  /** Of their tickets. */
  numbers: readonly string[];
  /** Message-IDs without angle brackets. */
  messageIds: readonly string[];
}

/** Deletes the caught mails that went to somebody, or that are about their tickets, both files of each. */
export async function forgetCaughtMails(dataDir: string, mails: MailsOf): Promise<void> {
  const folder = path.join(dataDir, CAUGHT);
  const names = await readdir(folder).catch(() => []);
  for (const id of new Set(names.map((name) => name.split('.', 1)[0] ?? ''))) {
    const json = await readFile(path.join(folder, `${id}.json`), 'utf8').catch(() => null);
    if (!(json === null ? await isAbandoned(folder, names, id) : isAbout(JSON.parse(json) as CaughtMail, json, mails))) continue;
    for (const name of names) if (name.startsWith(`${id}.`)) await rm(path.join(folder, name), { force: true });
  }
}

/** True where a mail goes to this address. */
export function goesTo({ envelope }: Pick<CaughtMail, 'envelope'>, email: string): boolean {
  return envelope.to.toLowerCase() === email;
}

function isAbout(mail: CaughtMail, json: string, { email, numbers, messageIds }: MailsOf): boolean {
  if (email !== undefined && (goesTo(mail, email) || holdsAddress(json.toLowerCase(), JSON.stringify(email).slice(1, -1)))) return true;
  if (messageIds.some((id) => mail.headers.messageId === `<${id}>`)) return true;
  return numbers.some((number) => json.includes(number));
}

/** The address itself, and not as the end or the beginning of a longer one. */
function holdsAddress(text: string, email: string): boolean {
  for (let at = text.indexOf(email); at >= 0; at = text.indexOf(email, at + 1)) {
    const rest = text.slice(at + email.length, at + email.length + 2);
    if (!/[\w.+-]/.test(text[at - 1] ?? '') && !/^(\w|-|\.\w)/.test(rest)) return true;
  }
  return false;
}

/** Without the part that tells whom it is about; whatever sends mails would write it again. */
async function isAbandoned(folder: string, names: readonly string[], id: string): Promise<boolean> {
  for (const name of names.filter((one) => one.startsWith(`${id}.`))) {
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs < ABANDONED_MS) return false;
  }
  return true;
}
