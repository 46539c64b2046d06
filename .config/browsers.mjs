import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** In the order of preference; the first that is there is used. */
const CHROMIUM = [
  process.env.CHROMIUM,
  process.env.CHROME_PATH,
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** The same engine without a window: a third less work for a test that opens many pages. The command of that name is a wrapper. */
const HEADLESS_SHELL = ['/usr/lib/chromium/chromium-headless-shell', process.env.HEADLESS_SHELL];
const FIREFOX = [process.env.FIREFOX, 'firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const PACKAGES = {
  chromium: ['chromium', 'fonts-dejavu-core'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
  shell: ['chromium-headless-shell'],
};

function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Full path of a command of PATH, or of a path; `undefined` when it is not there. */
function which(command) {
  if (!command) return undefined;
  if (path.isAbsolute(command)) return isRunnable(command) ? command : undefined;
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => path.isAbsolute(file) && isRunnable(file));
}

const first = (candidates) => candidates.map(which).find(Boolean);

/** MiniBrowser is the window that WebKitWebDriver drives. */
export function findMiniBrowser() {
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((name) => `/usr/lib/${name}`).concat('/usr/libexec', '/usr/lib64');
  const files = folders.flatMap((folder) => ['4.1', '6.0', '4.0'].map((version) => `${folder}/webkit2gtk-${version}/MiniBrowser`));
  return files.find(isRunnable);
}

/**
 * Which engines this machine has.
 * @returns {{ chromium?: string, firefox?: string, webkit?: string, shell?: string }} path of each browser; absent when it cannot be driven
 */
export function findEngines() {
  const webkit = which('WebKitWebDriver') && which('Xvfb') ? findMiniBrowser() : undefined;
  const shell = first(HEADLESS_SHELL);
  return Object.fromEntries(
    Object.entries({ chromium: first(CHROMIUM), firefox: first(FIREFOX), webkit, shell }).filter(([, file]) => file),
  );
}

function isDebian() {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8')) && which('apt-get')
  );
}

function apt(args) {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-y', '-q', ...args], options);
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

/** Asks apt-get for the engines that are missing. Returns what it printed when something went wrong. */
function installMissing(packages) {
  const update = apt(['update']);
  // one of a distribution's packages may not exist: the others must come all the same
  const known = packages.filter((name) => apt(['install', '--simulate', '--no-install-recommends', name]).ok);
  const install = known.length ? apt(['install', '--no-install-recommends', ...known]) : { ok: true, output: '' };
  return install.ok && known.length === packages.length ? '' : `${update.output}${install.output}`;
}

/**
 * Makes the three engines available where that is possible. Ends with a message when Chromium cannot be had.
 * @returns {{ engines: { chromium: string, firefox?: string, webkit?: string, shell?: string }, absent: string[] }}
 */
export function ensureEngines() {
  let engines = findEngines();
  const lacking = () => Object.keys(PACKAGES).filter((name) => !engines[name]);
  const packages = lacking().flatMap((name) => PACKAGES[name]);
  let report = '';
  if (packages.length && isDebian() && process.getuid?.() === 0) {
    const started = Date.now();
    console.log(`installing ${packages.join(', ')} …`);
    report = installMissing(packages);
    engines = findEngines();
    console.log(`installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  if (!engines.chromium) {
    const line = isDebian()
      ? `sudo apt-get install --no-install-recommends ${packages.join(' ')}`
      : 'CHROME_PATH=/path/to/chrome npm test      (after installing Chrome or Chromium)';
    throw new Error(`${report}\nChromium is needed and was not found. Run:\n\n  ${line}`);
  }
  return { engines, absent: lacking().filter((name) => name !== 'shell') };
}

/** What test processes are told of the browsers of this machine. */
export function browserEnvironment({ shell, ...engines }) {
  return {
    ENGINES: Object.keys(engines).join(','),
    CHROMIUM: engines.chromium,
    ...(engines.firefox && { FIREFOX: engines.firefox }),
    ...(shell && { HEADLESS_SHELL: shell }),
  };
}
