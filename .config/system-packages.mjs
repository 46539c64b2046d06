import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether this file is there and may be run. */
export function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Full path of a command of PATH, or of a path; `undefined` when it is not there. */
export function which(command) {
  if (!command) return undefined;
  if (path.isAbsolute(command)) return isRunnable(command) ? command : undefined;
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => path.isAbsolute(file) && isRunnable(file));
}

/** Whether packages come from apt here. */
export function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8')) && which('apt-get')
  );
}

function apt(args) {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-y', '-q', ...args], options);
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

/** Asks apt-get for packages. Returns what it printed when something went wrong. */
export function installMissing(packages) {
  const update = apt(['update']);
  // one of a distribution's packages may not exist: the others must come all the same
  const known = packages.filter((name) => apt(['install', '--simulate', '--no-install-recommends', name]).ok);
  const install = known.length ? apt(['install', '--no-install-recommends', ...known]) : { ok: true, output: '' };
  return install.ok && known.length === packages.length ? '' : `${update.output}${install.output}`;
}

/** Whether this process may install packages. */
export function mayInstall() {
  return Boolean(isDebian()) && process.getuid?.() === 0;
}
