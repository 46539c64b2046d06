import type { SupportErrorCode } from '@storefront-support/contract';
import { HEADERS } from '@storefront-support/contract/schemas';
import { THREAD_MAX } from '@storefront-support/contract/thread-schemas';
import type { OriginName } from '../middleware/origins.js';

/** A header, a member of the path or of the query. */
export interface Parameter {
  name: string;
  in: 'header' | 'path' | 'query';
  required: boolean;
  description: string;
  schema: object;
}

/** One answer of one operation. */
export interface Answer {
  description: string;
  /** Name of a component schema. */
  schema?: string;
  /** Media type where it is not JSON. */
  media?: string;
  headers?: { [name: string]: string };
}

/** One method of one path, in the terms of the contract. */
export interface Operation {
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  path: string;
  id: string;
  summary: string;
  description?: string;
  /**
   * What `Authorization: Bearer` carries: the secret of the one ticket, the token of a session, or either. `agent`: the cookie of an
   * agent or the bearer key of a script; `agent-session`: the cookie alone; `vault-session`: that of the agents' vault page; `pass`: what
   * a customer's page was given for one request.
   */
  bearer?: 'secret' | 'session' | 'either' | 'agent' | 'agent-session' | 'vault-session' | 'pass';
  /** The origin that serves it, where that is not the public one. */
  origin?: Exclude<OriginName, 'public'>;
  parameters?: Parameter[];
  body?: { schema?: string; media?: string; description: string; required: boolean };
  answers: { [status: string]: Answer };
  /** Codes of its error answers. */
  errors: SupportErrorCode[];
  /** Codes of those that are pages for people. */
  pageErrors?: SupportErrorCode[];
}

/** Path of one desk. */
export const DESK = '/v1/desks/{desk}';
/** What any route may answer. */
export const everywhere: SupportErrorCode[] = ['wrong-host', 'internal', 'unavailable'];
/** What any route below a desk may answer. */
export const ofDesks: SupportErrorCode[] = ['origin-not-allowed', 'desk-not-found', ...everywhere];
/** What any route that takes JSON may answer. */
export const ofBodies: SupportErrorCode[] = ['invalid-request', 'invalid-fields', 'too-large', 'type-not-allowed'];

/** A member of the path. */
export const member = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
/** The desk in a path. */
export const desk = member('desk', 'Id of the desk, from the desk file.');
/** A ticket in a path. */
export const ticketNumber = member('number', 'For example K7QF-2M9X.');
/** An optional member of the query. */
export const query = (name: string, description: string, schema: object = { type: 'string' }): Parameter => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});
/** A header of a request. */
export const header = (name: string, required: boolean, description: string, schema: object = { type: 'string' }): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});
/** What makes a request and its repetitions one. @param of what it makes one of. */
export const idempotencyKey = (of: string): Parameter =>
  header(HEADERS.idempotencyKey, true, `Made by the client, new for each ${of}.`, { type: 'string', pattern: '^[\\w-]{16,128}$' });
/** How much of a list is wanted. */
export const limit = query('limit', 'Most of them in one answer; 50 otherwise.', { type: 'integer', minimum: 1, maximum: THREAD_MAX.page });
/** Which part of a thread is wanted. */
export const threadPart: Parameter[] = [
  query('after', 'Entries with a greater sequence number, from there on.', { type: 'integer', minimum: 0 }),
  query('before', 'Entries with a smaller sequence number, up to there.', { type: 'integer', minimum: 0 }),
  limit,
];
