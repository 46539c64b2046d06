import { spawn } from 'node:child_process';
import { ensureInstalled, node24, refuse } from './install.mjs';
import { environment, root, runTool } from './process.mjs';

ensureInstalled();
const { code, output } = await runTool('tsc', ['-b', 'packages/vault']);
if (code !== 0) refuse(`${output}\nThe vault could not be compiled.`);

// paths on the command line are those of whoever typed it, and npm has changed the folder
const child = spawn(node24(), [`${root}/packages/vault/dist/cli/vault.js`, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
  env: environment(),
});
child.once('error', (error) => refuse(`The command could not be started: ${error.message}`));
child.once('exit', (exitCode, signal) => process.exit(signal ? 1 : (exitCode ?? 1)));
