import { ensureEngines, browserEnvironment } from './browsers.mjs';
import { build } from './build.mjs';
import { ensureInstalled, refuse } from './install.mjs';
import { runTool } from './process.mjs';

/*
 * npm run screens [-- words in the names of states]
 * Pictures of every state of every element and page, in each look, direction and width, below dist/screens, with a sheet of all: index.html.
 */

ensureInstalled();
try {
  Object.assign(process.env, browserEnvironment(ensureEngines().engines));
} catch (error) {
  refuse(error.message);
}
const { failed, output } = await build();
if (failed) refuse(`${output}\nThe build step "${failed}" failed.`);
const words = process.argv.slice(2);
const args = ['build', '--output-dir', 'dist/storybook', '--disable-telemetry', '--quiet'];
const built = await runTool('storybook', args, { show: false, limitMinutes: 5 });
if (built.code !== 0) refuse(built.output);
const { takeScreens } = await import('../test/states/screens.ts');
process.exitCode = (await takeScreens(words)) ? 0 : 1;
