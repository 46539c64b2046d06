import { spawn } from 'node:child_process';

/** How the tools of Postgres are told where to go: by their environment, because arguments are seen by every user of the machine. */
function environmentOf(databaseUrl: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl);
  const given: NodeJS.ProcessEnv = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
  for (const name of ['sslmode', 'sslrootcert', 'sslcert', 'sslkey']) {
    const value = searchParams.get(name);
    if (value !== null) given[`PG${name.toUpperCase()}`] = value;
  }
  return { ...process.env, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) };
}

/** Writes the database into `file`, as it was when the snapshot was exported. @throws {Error} in plain words. */
export function dumpPostgres(databaseUrl: string, snapshot: string, file: string): Promise<void> {
  return runTool('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`, `--file=${file}`], databaseUrl);
}

/** Fills an empty database, wholly or not at all. @throws {Error} in plain words. */
export function loadPostgres(databaseUrl: string, file: string): Promise<void> {
  const { PGDATABASE = '' } = environmentOf(databaseUrl);
  const flags = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', `--dbname=${PGDATABASE}`];
  return runTool('pg_restore', [...flags, file], databaseUrl);
}

function runTool(tool: string, args: string[], databaseUrl: string): Promise<void> {
  const child = spawn(tool, args, { env: environmentOf(databaseUrl), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error(`${tool} is not on this machine: install the client of PostgreSQL, of the server’s version or a later one.`)
          : error,
      ),
    );
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${tool} has failed: ${said.trim() || `code ${code}`}`))));
  });
}
