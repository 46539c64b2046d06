import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureInstalled, node24, refuse } from './install.mjs';
import { environment, root } from './process.mjs';

ensureInstalled();
// what it prints belongs to the command alone: another program may read it
console.log = console.error;
const { failed, output } = await build();
if (failed) refuse(`${output}\nThe build step "${failed}" failed.`);

const place = (name, fallback) => path.resolve(process.env[name] || path.join(root, fallback));
const child = spawn(node24(), ['packages/server/dist/bundle/desk.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: environment({ DATA_DIR: place('DATA_DIR', 'data'), CONFIG: place('CONFIG', 'examples/plain-html/desks.yaml') }),
});
child.once('error', (error) => refuse(`The command could not be started: ${error.message}`));
child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
