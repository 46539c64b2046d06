import type { SupportErrorCode } from '@storefront-support/contract';

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
  method: 'get' | 'head' | 'post' | 'patch' | 'delete' | 'options';
  path: string;
  id: string;
  summary: string;
  description?: string;
  /**
   * What `Authorization: Bearer` carries: the secret of the one ticket, the token of a session, or either. `agent`: the cookie of an
   * agent or the bearer key of a script; `agent-session`: the cookie alone.
   */
  bearer?: 'secret' | 'session' | 'either' | 'agent' | 'agent-session';
  /** The origin that serves it, where that is not the public one. */
  origin?: 'inbox' | 'attachments';
  parameters?: Parameter[];
  body?: { schema?: string; media?: string; description: string; required: boolean };
  answers: { [status: string]: Answer };
  /** Codes of its error answers. */
  errors: SupportErrorCode[];
}

/** Path of one desk. */
export const DESK = '/v1/desks/{desk}';
/** What any route may answer. */
export const everywhere: SupportErrorCode[] = ['wrong-host', 'internal', 'unavailable'];
/** What any route below a desk may answer. */
export const ofDesks: SupportErrorCode[] = ['origin-not-allowed', 'desk-not-found', ...everywhere];

/** The desk in a path. */
export const desk: Parameter = {
  name: 'desk',
  in: 'path',
  required: true,
  description: 'Id of the desk, from the desk file.',
  schema: { type: 'string' },
};
/** A ticket in a path. */
export const ticketNumber: Parameter = {
  name: 'number',
  in: 'path',
  required: true,
  description: 'For example K7QF-2M9X.',
  schema: { type: 'string' },
};
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
