import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { installMissing, mayInstall, which } from './system-packages.mjs';

/** What renders the templates of the example themes, by the package that brings it. */
const SMARTY = '/usr/share/php/smarty4/Smarty.class.php';
const LACKING = {
  'php-cli': () => !which('php'),
  'php-xml': () => !hasModule('SimpleXML'),
  smarty4: () => !existsSync(SMARTY),
};

function hasModule(name) {
  return Boolean(which('php')) && execFileSync('php', ['-m'], { encoding: 'utf8' }).split('\n').includes(name);
}

const lacking = () => Object.keys(LACKING).filter((name) => LACKING[name]());

/** Says what is missing to render templates with PHP and Smarty; undefined: nothing is. */
export function phpAbsent() {
  const missing = lacking();
  return missing.length ? `templates of PHP and Smarty (apt-get install ${missing.join(' ')})` : undefined;
}

/**
 * Makes PHP and Smarty available where that is possible. Where it is not, the tests that need them are left out by name.
 * @returns {string | undefined} what is missing still
 */
export function ensurePhp() {
  const missing = lacking();
  if (missing.length && mayInstall()) {
    console.log(`installing ${missing.join(', ')} …`);
    const report = installMissing(missing);
    if (report) console.log(report);
  }
  return phpAbsent();
}

/** Every PHP of this machine: `php`, and `php8.2` and its like beside it, each release once. */
export function phpCommands() {
  const named = (process.env.PATH ?? '').split(':').flatMap((folder) => {
    try {
      return readdirSync(folder).filter((file) => /^php(\d+\.\d+)?$/.test(file));
    } catch {
      return [];
    }
  });
  return [...new Set(named.flatMap((name) => which(name) ?? []).map((file) => realpathSync(file)))];
}
