import type { AccessData } from './kinds.js';

/** What a shell takes as it is. */
const PLAIN = /^[\w@%+=:,./[\]-]+$/;
/** What could end a paste early, or look like something else than it is. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * The command line that goes to a lent place, for a POSIX shell; what is secret is never in it: the program asks for it.
 *
 * @returns `undefined` for what no command opens, and where a name holds what has no place in a command line.
 */
export function commandOf(data: AccessData): string | undefined {
  const words = wordsOf(data);
  if (!words || words.some((word) => HIDDEN.test(word))) return undefined;
  return words.map(quoted).join(' ');
}

function wordsOf(data: AccessData): string[] | undefined {
  switch (data.kind) {
    case 'ssh':
      // a name cannot be taken for an option behind one
      return ['ssh', '-p', `${data.port}`, '-l', data.user, '--', bare(data.host)];
    case 'sftp':
      return ['sftp', '-P', `${data.port}`, '--', `${data.user}@${bracketed(data.host)}${data.path ? `:${data.path}` : ''}`];
    case 'ftp': {
      const encrypted = data.protocol === 'ftps' ? ['-e', 'set ftp:ssl-force true'] : [];
      return ['lftp', ...encrypted, '-p', `${data.port}`, '-u', data.user, '--', bare(data.host)];
    }
    case 'database':
      return databaseWords(data);
    default:
      return undefined;
  }
}

function databaseWords({ engine, host, port, user, database }: Extract<AccessData, { kind: 'database' }>): string[] | undefined {
  const place = [`--host=${bare(host)}`, ...(port ? [`--port=${port}`] : [])];
  switch (engine) {
    case 'mysql':
    case 'mariadb':
      return [engine, ...place, `--user=${user}`, '--password', `--database=${database}`];
    case 'postgres':
      // it would be read as a whole connection, with files of the agent's own in it
      if (/=|:\/\//.test(database)) return undefined;
      return ['psql', ...place, `--username=${user}`, `--dbname=${database}`];
    default:
      return undefined;
  }
}

/** An IPv6 address without brackets, as options take it. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** An IPv6 address in brackets, as it stands before a path. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${bare(host)}]` : host;
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
