import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { root, runTool } from './process.mjs';

const MANIFEST = 'packages/elements/custom-elements.json';

/** The built manifest must be what the sources say now. */
async function manifest() {
  const folder = mkdtempSync(path.join(tmpdir(), 'storefront-support-manifest-'));
  try {
    const args = ['analyze', '--config', '.config/custom-elements-manifest.config.mjs', '--outdir', path.relative(root, folder)];
    const { code, output } = await runTool('cem', args);
    if (code !== 0) return { code, output };
    const written = readFileSync(path.join(folder, 'custom-elements.json'), 'utf8');
    const built = existsSync(path.join(root, MANIFEST)) ? readFileSync(path.join(root, MANIFEST), 'utf8') : '';
    return written === built ? { code: 0, output } : { code: 1, output: `${MANIFEST} is out of date: npm run manifest` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const CHECKS = {
  'packages compile': () => runTool('tsc', ['-b']),
  'tests and stories compile': async () => {
    const results = [];
    for (const project of ['test', '.storybook']) results.push(await runTool('tsc', ['-p', project, '--noEmit']));
    return { code: Math.max(...results.map(({ code }) => code)), output: results.map(({ output }) => output).join('') };
  },
  eslint: () => runTool('eslint', ['--config', '.config/eslint.config.mjs', '--max-warnings', '0', '.']),
  prettier: () =>
    runTool('prettier', [
      '--config',
      '.config/prettier.json',
      '--ignore-path',
      '.config/prettierignore',
      '--check',
      '--log-level',
      'warn',
      '.',
    ]),
  // protected members are bound on purpose, and elements load one another when they are needed
  'lit-analyzer': () =>
    runTool('lit-analyzer', [
      'packages/elements/src',
      '--strict',
      ...['no-property-visibility-mismatch', 'no-missing-import'].flatMap((rule) => [`--rules.${rule}`, 'off']),
    ]),
  'elements manifest': manifest,
};

/**
 * Runs every check, each counted as one test.
 * @returns {Promise<{ passed: number, failed: string[], skipped: string[], output: string }>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: [], skipped: [], output: '' };
  for (const [name, check] of Object.entries(CHECKS)) {
    const { code, output } = await check();
    if (code === 0) counts.passed++;
    else {
      counts.failed.push(name);
      counts.output += `\n${name}\n${output}\n`;
    }
  }
  return counts;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  const { passed, failed, output } = await runChecks();
  if (output) console.error(output);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exit(failed.length ? 1 : 0);
}
