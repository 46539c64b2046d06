import { spawnSync } from 'node:child_process';
import { installMissing, mayInstall, which } from './system-packages.mjs';

/** The age command, which reads what the vault seals, and OpenSSH's, which checks what signs its keys. */
const AGE = process.env.AGE ?? 'age';
const PACKAGES = { [AGE]: 'age', 'ssh-keygen': 'openssh-client' };

/**
 * Makes both commands available where that is possible. Where it is not, the tests that need them fail and say so.
 * @returns {string} version of age, for the log
 */
export function ensureAge() {
  const lacking = Object.entries(PACKAGES)
    .filter(([command]) => !which(command))
    .map(([, name]) => name);
  if (lacking.length && mayInstall()) {
    console.log(`installing ${lacking.join(', ')} …`);
    const report = installMissing(lacking);
    if (report) console.log(report);
  }
  const { status, stdout } = spawnSync(AGE, ['--version'], { encoding: 'utf8' });
  return status === 0 ? `age ${stdout.trim()}` : 'age is not on this machine: the tests of the vault will fail (apt-get install age)';
}
