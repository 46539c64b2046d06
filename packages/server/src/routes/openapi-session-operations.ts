import { DESK, desk, ofDesks, type Operation } from './openapi-operation.js';

/** The routes of sessions. */
export const SESSION_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: `${DESK}/sessions`,
    id: 'openSession',
    summary: 'Open a session',
    description:
      'With the secrets of tickets, for a device: those that are right are opened, the others left out without a word. Or with the token of a mailed link, or with a JWT that the shop has signed.',
    parameters: [desk],
    body: { schema: 'SessionRequest', description: 'One of the three ways in.', required: true },
    answers: { 201: { description: 'The session, and the token that nobody else knows.', schema: 'OpenedSession' } },
    errors: [
      'invalid-request',
      'confirmation-needed',
      'gone',
      'too-large',
      'type-not-allowed',
      'invalid-fields',
      'rate-limited',
      ...ofDesks,
    ],
  },
  {
    method: 'get',
    path: `${DESK}/sessions`,
    id: 'listSessions',
    summary: 'List the sessions of a person',
    description: 'The last used first. A device’s session knows nobody and lists itself.',
    bearer: 'session',
    parameters: [desk],
    answers: { 200: { description: 'All of them.', schema: 'SessionsAnswer' } },
    errors: ['not-signed-in', ...ofDesks],
  },
  {
    method: 'delete',
    path: `${DESK}/sessions/{id}`,
    id: 'endSession',
    summary: 'End a session',
    description: 'One that is gone already, or is another person’s, has the same answer.',
    bearer: 'session',
    parameters: [
      desk,
      { name: 'id', in: 'path', required: true, description: 'Of the list; `current` for the one that asks.', schema: { type: 'string' } },
    ],
    answers: { 204: { description: 'It is no more.' } },
    errors: ['not-signed-in', ...ofDesks],
  },
];
