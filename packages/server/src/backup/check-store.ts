import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DONE } from '../privacy/erase-person.js';
import { ErasureList } from '../privacy/erasure-list.js';
import { openSnapshot, type DatabasePlace, type Snapshot } from './snapshot.js';
import { factsOf, filesIn, within, type StoredFile } from './stored-files.js';

/** What is going on while it is looked at has ended by then. */
const SETTLED_MS = 1_500;
const SHOWN = 20;

/** What names what: child table and columns, parent table and columns. */
const REFERENCES: readonly [child: string, columns: string, parent: string, keys: string][] = [
  ['ticket', 'desk_id, requester_id', 'requester', 'desk_id, id'],
  ['ticket_tag', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['message', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['status_change', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['session', 'desk_id, requester_id', 'requester', 'desk_id, id'],
  ['session_ticket', 'desk_id, session_id', 'session', 'desk_id, id'],
  ['session_ticket', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['upload', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['upload', 'desk_id, message_id', 'message', 'desk_id, id'],
  ['outbox', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['sign_in_link', 'desk_id, requester_id', 'requester', 'desk_id, id'],
  ['search_text', 'desk_id, ticket_id', 'ticket', 'desk_id, id'],
  ['search_text', 'desk_id, message_id', 'message', 'desk_id, id'],
  ['agent_contact', 'agent_id', 'agent', 'id'],
  ['agent_invite', 'agent_id', 'agent', 'id'],
  ['agent_key', 'agent_id', 'agent', 'id'],
  ['agent_session', 'agent_id', 'agent', 'id'],
  ['passkey', 'agent_id', 'agent', 'id'],
];

/** What was looked at, and what is wrong with it. */
export interface Checked {
  tickets: number;
  files: number;
  /** Sentences; empty: all is well. */
  problems: string[];
}

/** Looks at everything that a data folder and its database hold, while a server runs on them or not. Changes nothing. */
export async function checkStore(place: DatabasePlace): Promise<Checked> {
  const snapshot = await openSnapshot(place);
  try {
    const problems = [...(await engineProblems(snapshot)), ...(await rowProblems(snapshot)), ...(await erasureProblems(place, snapshot))];
    const tickets = Number((await snapshot.all('select count(*) as n from ticket'))[0]?.['n']);
    const files = await filesIn(snapshot);
    problems.push(...(await fileProblems(place, files)));
    return { tickets, files: files.length, problems };
  } finally {
    await snapshot.close();
  }
}

async function engineProblems({ engine, all }: Snapshot): Promise<string[]> {
  if (engine !== 'sqlite') return [];
  const said = (await all('pragma integrity_check(20)')).map((row) => String(Object.values(row)[0]));
  return said.length === 1 && said[0] === 'ok' ? [] : said.map((line) => `The database is damaged: ${line}`);
}

async function rowProblems({ all }: Snapshot): Promise<string[]> {
  const problems: string[] = [];
  for (const [child, columns, parent, keys] of REFERENCES) {
    const [own, theirs] = [columns.split(', '), keys.split(', ')];
    const on = own.map((column, i) => `p.${theirs[i]} = c.${column}`).join(' and ');
    const rows = await all(
      `select count(*) as n from ${child} c where c.${own.at(-1)} <> '' and not exists (select 1 from ${parent} p where ${on})`,
    );
    const count = Number(rows[0]?.['n']);
    if (count > 0) problems.push(`${count} rows of ${child} belong to no ${parent}.`);
  }
  const gaps = await all(`
    select t.desk_id, t.number from ticket t left join (
      select desk_id, ticket_id, count(*) as entries, count(distinct seq) as numbers, max(seq) as last from (
        select desk_id, ticket_id, seq from message union all select desk_id, ticket_id, seq from status_change
      ) e group by desk_id, ticket_id
    ) s on s.desk_id = t.desk_id and s.ticket_id = t.id
    where coalesce(s.entries, 0) <> t.last_seq or coalesce(s.numbers, 0) <> t.last_seq or coalesce(s.last, 0) <> t.last_seq
      or t.public_seq > t.last_seq or t.seen_seq > t.public_seq
    order by t.number limit ${SHOWN}`);
  return [...problems, ...gaps.map((row) => `The thread of ticket ${String(row['number'])} of desk ${String(row['desk_id'])} has a gap.`)];
}

async function erasureProblems({ dataDir }: DatabasePlace, { all }: Snapshot): Promise<string[]> {
  const done = new Set((await all(`select name from installation where name like '${DONE}%'`)).map((row) => String(row['name'])));
  const open = (await new ErasureList(dataDir).read()).filter(({ id }) => !done.has(DONE + id));
  return open.length === 0 ? [] : [`${open.length} erasures of the list are not done in this database: starting the server does them.`];
}

async function fileProblems(place: DatabasePlace, files: readonly StoredFile[]): Promise<string[]> {
  const { dataDir } = place;
  let wrong: { file: StoredFile; what: string }[] = [];
  for (const file of files) {
    const what = await faultOf(dataDir, file);
    if (what !== null) wrong.push({ file, what });
  }
  const owned = new Set(files.map(({ path: name }) => name));
  let strays = (await filesBelow(dataDir)).filter((name) => !owned.has(name));
  if (wrong.length > 0 || strays.length > 0) {
    await wait(SETTLED_MS);
    const now = await openSnapshot(place);
    try {
      const later = await filesIn(now);
      const named = new Set(later.map(({ path: name }) => name));
      const still = new Set(later.map(({ path: name, bytes }) => `${name} ${bytes}`));
      wrong = wrong.filter(({ file }) => still.has(`${file.path} ${file.bytes}`));
      const present = new Set(await filesBelow(dataDir));
      const begun = new Set((await now.all('select id from upload where "offset" = 0')).map((row) => String(row['id'])));
      strays = strays.filter((name) => present.has(name) && !named.has(name) && !begun.has(path.posix.basename(name)));
    } finally {
      await now.close();
    }
  }
  const problems = [...wrong.map(({ file, what }) => `${file.path} ${what}.`), ...strays.map((name) => `${name} belongs to no row.`)];
  return problems.length > SHOWN ? [...problems.slice(0, SHOWN), `… and ${problems.length - SHOWN} more files.`] : problems;
}

async function faultOf(dataDir: string, { path: name, bytes, sha256 }: StoredFile): Promise<string | null> {
  const facts = await factsOf(within(dataDir, name), sha256 === null ? 0 : Infinity);
  if (!facts) return 'is not there';
  if (sha256 === null) return facts.size < bytes ? `has ${facts.size} bytes of ${bytes}` : null;
  if (facts.size !== bytes) return `has ${facts.size} bytes instead of ${bytes}`;
  return facts.sha256 === sha256 ? null : 'is not what was sent';
}

/** Paths of all uploads on disk, as rows name them. */
async function filesBelow(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  const folder = path.join(dataDir, 'uploads');
  try {
    for await (const entry of await opendir(folder, { recursive: true }))
      if (entry.isFile()) found.push(path.relative(dataDir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return found;
}
