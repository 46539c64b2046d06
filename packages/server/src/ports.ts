import type { HttpBindings } from '@hono/node-server';
import type { HeaderStore } from './access/header-store.js';
import type { ManifestFiles } from './access/manifest-files.js';
import type { PassHolder } from './access/passes.js';
import type { Access } from './agents/access.js';
import type { DeskConfig } from './desk-config.js';
import type { EventHub } from './events/event-hub.js';
import type { BlobStore } from './files/blob-store.js';
import type { Store } from './store/unit-of-work.js';

/** What the routes and jobs stand on. Nothing in it listens or reads the environment. */
export interface Ports {
  readonly store: Store;
  readonly desks: ReadonlyMap<string, DeskConfig>;
  readonly blobs: BlobStore;
  /** What opens lent records, apart from them. */
  readonly headers: HeaderStore;
  /** What the operator has published of the team's keys. */
  readonly manifests: ManifestFiles;
  /** Told of every committed change of a ticket. */
  readonly events: EventHub;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** See `readInstallSecret`: keys what must mean nothing outside this installation. */
  readonly installSecret: Uint8Array;
  /** Tells the mail worker that a committed transaction has left mails. */
  readonly mailWaiting: () => void;
}

/** One JSON line each. Never message text, mail address, secret, upload id or the server answer of a mail relay. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

/** What a line says besides its event; undefined leaves a fact out. */
export type LogFacts = { [name: string]: string | number | boolean | null | undefined };

/** What middleware leaves for the routes. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Set below `/v1/desks/{desk}`. */
    desk: DeskConfig;
    /** Textual address of the client, from headers only behind a trusted proxy. */
    clientAddress: string;
    requestId: string;
    /** Set on the routes of agents. */
    access: Access;
    /** Set on the routes of the vault page that need a pass. */
    pass: PassHolder;
  };
}
