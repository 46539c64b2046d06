import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { startFaultProxy } from '../test/support/fault-proxy.ts';
import { shopDesks } from '../test/support/desks.ts';
import { startServer } from '../test/support/server-process.ts';
import { findEngines } from './browsers.mjs';
import { closingReporter } from './closing-reporter.mjs';
import * as engines from './engines.mjs';

const wanted = process.env.ENGINES?.split(',') ?? Object.keys(findEngines()).filter((name) => name in engines);

/** The real server and the proxy that breaks its answers; tests read their addresses from `/~addresses.json`. */
function realServer() {
  let server;
  let proxy;
  return {
    name: 'real-server',
    async serverStart() {
      // without limits: three engines file more tickets in an hour than one customer may
      server = await startServer({ config: shopDesks() });
      proxy = await startFaultProxy(server.url);
      process.once('exit', () => server.child.kill('SIGKILL'));
    },
    async serverStop() {
      await proxy?.close();
      await server?.stop();
    },
    serve({ path }) {
      if (path === '/~addresses.json') return { body: JSON.stringify({ server: server.url, proxy: proxy.url }), type: 'json' };
    },
  };
}

export default {
  rootDir: '.',
  hostname: '127.0.0.1',
  files: process.env.FILES?.split(',') ?? ['test/elements/**/*.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' }), realServer()],
  reporters: [defaultReporter({ reportTestProgress: false }), closingReporter()],
  testFramework: { config: { timeout: 60_000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  // WebKit shares one window between parallel pages, and two engines at once starve two cores
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: await Promise.all(wanted.map((name) => engines[name]())),
};
