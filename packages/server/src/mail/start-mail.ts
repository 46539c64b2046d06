import type { DeskConfig } from '../desk-config.js';
import type { BlobStore } from '../files/blob-store.js';
import type { Log } from '../ports.js';
import type { Store } from '../store/unit-of-work.js';
import type { MailCatcher } from './mail-catcher.js';
import type { MailLinks } from './mail-links.js';
import type { MailTiming } from './mail-timing.js';
import { IN_FLIGHT, MailWorker } from './mail-worker.js';
import { smtpTransport } from './smtp-transport.js';

export interface StartMailOptions {
  store: Store;
  desks: ReadonlyMap<string, DeskConfig>;
  blobs: BlobStore;
  links: MailLinks;
  log: Log;
  now: () => number;
  /** `smtp://` or `smtps://`. */
  smtpUrl?: string | undefined;
  /** Keeps mails when there is no `smtpUrl`. */
  catcher?: MailCatcher | undefined;
  timing: MailTiming;
  /** No other process sends from this outbox. */
  alone: boolean;
}

export interface RunningMail {
  /** A committed transaction has left mails. */
  wake(): void;
  /** Resolves once the mails that are under way now have ended, one way or the other. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Begins to send what waits in the outbox. */
export function startMail({ smtpUrl, catcher, timing, ...rest }: StartMailOptions): RunningMail {
  if (smtpUrl === undefined && !catcher) throw new Error('Mail needs an SMTP server, or a folder to keep it in.');
  const transport = async () => (smtpUrl === undefined ? (catcher as MailCatcher) : smtpTransport(smtpUrl, IN_FLIGHT));
  const worker = new MailWorker({ ...rest, timing, transport });
  return { wake: () => worker.wake(), settled: () => worker.settled(), stop: () => worker.stop() };
}
