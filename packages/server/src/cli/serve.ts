#!/usr/bin/env node
import { jsonLog } from '../log.js';
import { startServer } from '../node.js';
import { readEnvironment } from '../read-environment.js';

const STOP_LIMIT_MS = 9_500;

const log = jsonLog((text) => process.stdout.write(text));

try {
  const options = readEnvironment(process.env);
  const server = await startServer(options, log);
  const url = `http://localhost:${server.port}/`;
  log.flush();
  const addresses = [
    ...(options.shopDir === undefined ? [] : [`shop      ${url}`]),
    `api docs  ${url}docs`,
    ...(options.smtpUrl === undefined ? [`mail      ${url}dev/mail`] : []),
    `ready ${url}`,
  ];
  process.stdout.write(`${addresses.join('\n')}\n`);

  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    void server.stop().then(
      () => end(0),
      () => end(1),
    );
  };
  const end = (code: number) => {
    log.info('stopped', { code });
    log.flush();
    process.exit(code);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
} catch (error) {
  log.flush();
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
