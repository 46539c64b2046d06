import { build } from './build.mjs';
import { ensureInstalled, refuse } from './install.mjs';
import { runNode } from './process.mjs';

ensureInstalled();
const { failed, output } = await build();
if (failed) refuse(`${output}\nThe build step "${failed}" failed.`);
const { code } = await runNode(['test/bench/run.ts', ...process.argv.slice(2)], { show: true, limitMinutes: 60 });
process.exit(code);
