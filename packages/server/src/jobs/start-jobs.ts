import type { Ports } from '../ports.js';
import { pruneAgents } from '../store/prune-agents.js';
import { scrubAgain } from '../privacy/erase-person.js';
import { pruneExpired } from '../store/prune-expired.js';
import { sweepAccess, sweepHeaders } from './sweep-access.js';
import { expireUploads } from './expire-uploads.js';
import { sweepBlobs } from './sweep-blobs.js';
import { sweepHeld } from './sweep-held.js';

const MINUTE = 60_000;
/** Leaves the first seconds of a start to its visitors. */
const FIRST_MS = 5_000;
const EVERY_MS = 10 * MINUTE;
/** How late a record that has expired may be shredded; it is not given out from its expiry on. */
const ACCESS_EVERY_MS = MINUTE;
const SWEEP_EVERY_MS = 24 * 60 * MINUTE;

/** Begins the housekeeping: messages that nobody has confirmed, expired uploads, stored answers and mails nobody will ask for, bytes that no upload owns. */
export function startJobs(ports: Ports): { stop(): Promise<void> } {
  let sweptAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    try {
      const held = await sweepHeld(ports);
      if (held > 0) ports.log.info('held-tickets-expired', { count: held });
      const uploads = await expireUploads(ports);
      await pruneExpired(ports.store, ports.desks.keys(), ports.now());
      await pruneAgents(ports.store, ports.now());
      if (!(await scrubAgain(ports.store))) ports.log.warn('erased-but-still-read');
      if (uploads > 0) ports.log.info('uploads-expired', { count: uploads });
      if (performance.now() - sweptAt < SWEEP_EVERY_MS) return;
      sweptAt = performance.now();
      const blobs = await sweepBlobs(ports);
      if (blobs > 0) ports.log.info('files-swept', { count: blobs });
    } catch (error) {
      ports.log.error('jobs-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  function plan(ms: number): void {
    timer = setTimeout(() => {
      running = run().then(() => {
        if (!stopped) plan(EVERY_MS);
      });
    }, ms);
    timer.unref();
  }

  let accessTimer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let headersAt = -Infinity;

  async function sweepLent(): Promise<void> {
    try {
      const { ended, shredded } = await sweepAccess(ports);
      if (ended + shredded > 0) ports.log.info('access-ended', { count: ended, shredded });
      if (performance.now() - headersAt < EVERY_MS) return;
      headersAt = performance.now();
      const swept = await sweepHeaders(ports);
      if (swept > 0) ports.log.warn('headers-swept', { count: swept });
    } catch (error) {
      ports.log.error('access-sweep-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  function planAccess(ms: number): void {
    accessTimer = setTimeout(() => {
      sweeping = sweepLent().then(() => {
        if (!stopped) planAccess(ACCESS_EVERY_MS);
      });
    }, ms);
    accessTimer.unref();
  }

  plan(FIRST_MS);
  planAccess(FIRST_MS);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(accessTimer);
      await Promise.all([running, sweeping]);
    },
  };
}
