import { installMissing, isDebian, isRunnable, mayInstall, which } from './system-packages.mjs';

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

/**
 * Makes the three engines available where that is possible. Ends with a message when Chromium cannot be had.
 * @returns {{ engines: { chromium: string, firefox?: string, webkit?: string, shell?: string }, absent: string[] }}
 */
export function ensureEngines() {
  let engines = findEngines();
  const lacking = () => Object.keys(PACKAGES).filter((name) => !engines[name]);
  const packages = lacking().flatMap((name) => PACKAGES[name]);
  let report = '';
  if (packages.length && mayInstall()) {
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
    // without a language Chromium opens no file whose name is not plain ASCII
    LANG: process.env.LANG || 'C.UTF-8',
    ENGINES: Object.keys(engines).join(','),
    CHROMIUM: engines.chromium,
    ...(engines.firefox && { FIREFOX: engines.firefox }),
    ...(shell && { HEADLESS_SHELL: shell }),
  };
}
