import { DESK, desk, member, ofBodies, ofDesks, type Operation } from './openapi-operation.js';

/** The routes of sessions, and of what opens them. */
export const SESSION_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: `${DESK}/sign-in-links`,
    id: 'requestSignInLink',
    summary: 'Have a sign-in link mailed',
    description:
      'The answer is the same, and takes as long, whether anybody has the address or not. The link works once, for ten minutes, in the browser that asked for it; a later one ends it. At most three go to one address in 15 minutes: further requests are answered alike and change nothing.',
    parameters: [desk],
    body: { schema: 'SignInLinkRequest', description: 'The address, and what the browser will be known by.', required: true },
    answers: { 202: { description: 'Taken; whether a mail leaves is not told.', schema: 'Empty' } },
    errors: ['rate-limited', ...ofBodies, ...ofDesks],
  },
  {
    method: 'post',
    path: `${DESK}/sessions`,
    id: 'openSession',
    summary: 'Open a session',
    description:
      'With the secrets of tickets, for a device: those that are right are opened, the others left out without a word. Or with the token of a mailed link, or with a JWT that the shop has signed: what is wrong with one is told as a problem of `identityToken`.',
    parameters: [desk],
    body: { schema: 'SessionRequest', description: 'One of the three ways in.', required: true },
    answers: { 201: { description: 'The session, and the token that nobody else knows.', schema: 'OpenedSession' } },
    errors: ['confirmation-needed', 'gone', 'rate-limited', ...ofBodies, ...ofDesks],
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
    parameters: [desk, member('id', 'Of the list; `current` for the one that asks.')],
    answers: { 204: { description: 'It is no more.' } },
    errors: ['not-signed-in', ...ofDesks],
  },
];
