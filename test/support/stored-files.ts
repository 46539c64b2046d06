import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Hashes of every finished file below the folder, read from disk; a mail that is being written is renamed at any moment, and what was
 * cut off is removed.
 */
export function hashesOnDisk(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.new'))
    .flatMap((entry) => {
      try {
        return [sha256(readFileSync(path.join(entry.parentPath, entry.name)))];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    });
}

export interface StoredTicket {
  number: string;
  id: string;
  kind: string;
  tags: string[];
  message: string | null;
  orderReference: string | null;
  files: { name: string; size: number; sha256: string | null }[];
}

/** Tickets of a data folder with this subject, read by a connection of the test's own. */
export function storedTickets(dataDir: string, subject: string): StoredTicket[] {
  const database = new DatabaseSync(path.join(dataDir, 'support.sqlite'), { readOnly: true });
  try {
    return database
      .prepare(
        `select t.id, t.number, t.kind, m.text as message, t.order_reference from ticket t
           join message m on m.desk_id = t.desk_id and m.ticket_id = t.id and m.seq = 1 where t.subject = ?`,
      )
      .all(subject)
      .map((row) => ({
        id: String(row['id']),
        number: String(row['number']),
        kind: String(row['kind']),
        message: row['message'] as string | null,
        orderReference: row['order_reference'] as string | null,
        tags: database
          .prepare('select tag from ticket_tag where ticket_id = ?')
          .all(String(row['id']))
          .map(({ tag }) => String(tag)),
        files: database
          .prepare('select name, size, sha256 from upload where ticket_id = ? order by position')
          .all(String(row['id']))
          .map((file) => ({ name: String(file['name']), size: Number(file['size']), sha256: file['sha256'] as string | null })),
      }));
  } finally {
    database.close();
  }
}

/** Mails the catcher of a server holds. */
export async function caughtMails(serverUrl: string): Promise<CaughtMail[]> {
  return (await (await fetch(`${serverUrl}/dev/mail.json`)).json()) as CaughtMail[];
}

export interface CaughtMail {
  kind: string;
  envelope: { from: string; to: string };
  from: string;
  to: string[] | string;
  subject: string;
  messageId: string;
  autoSubmitted: string | null;
  text: string;
  attachments: { filename: string; size: number; sha256: string }[];
}
