#!/usr/bin/env node
import { firstFrame, jsonLog } from '../log.js';
import { startServer } from '../node.js';
import { readEnvironment } from '../read-environment.js';

const STOP_LIMIT_MS = 9_500;
/** EX_SOFTWARE of sysexits.h: a supervisor can tell a defect from a refused start. */
const CRASHED = 70;

// whatever the server makes belongs to its user alone, also in a folder that others may enter
process.umask(0o077);
// whoever read the log may leave; customers stay
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

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
    `inbox     ${server.urls.inbox}/`,
    `files     ${server.urls.attachments}/`,
    `vault     ${server.urls.vault}/`,
    `opening   ${server.urls['agent-vault']}/`,
    // told once: only its hash is kept
    ...(server.demoAdmin === null ? [] : [`sign in   ${server.demoAdmin.email} with ${server.demoAdmin.password}`]),
    `ready ${url}`,
  ];
  process.stdout.write(`${addresses.join('\n')}\n`);

  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    const end = (ended: number) => {
      log.info('stopped', { code: ended });
      log.flush();
      process.exit(ended);
    };
    setTimeout(() => end(code || 1), STOP_LIMIT_MS).unref();
    void server.stop().then(
      () => end(code),
      () => end(code || 1),
    );
  };
  const crash = (error: unknown) => {
    log.error('crashed', { error: error instanceof Error ? error.name : typeof error, at: firstFrame(error) });
    stop(CRASHED);
  };
  process.on('SIGTERM', () => stop(0)).on('SIGINT', () => stop(0));
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
} catch (error) {
  log.flush();
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
