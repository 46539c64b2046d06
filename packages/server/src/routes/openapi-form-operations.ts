import { DESK, desk, member, type Operation } from './openapi-operation.js';

const page = (description: string) => ({ description, media: 'text/html' });
const link = [desk, member('token', 'What the mail carries.')];

/** The routes of forms without a script. They answer with pages. */
export const FORM_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: `${DESK}/tickets/form`,
    id: 'postTicketForm',
    summary: 'File a ticket by a form without a script',
    description:
      'What a `<form method="post" enctype="multipart/form-data">` sends: `contactId`, `kind` (`pre-sale` where that is ticked), `requester.name`, `requester.email`, `orderReference`, `subject`, `message`, `files` (several), `locale`, and `website`, which people do not see and leave empty. Without files it may be urlencoded. There is no proof of work in it, so the message is held until its sender has confirmed it by a mailed link: no ticket exists before. The same post within 15 minutes gets the same answer. An address has one link at a time that nobody has used.',
    parameters: [desk],
    body: { media: 'multipart/form-data', description: 'The form, in UTF-8.', required: true },
    answers: {
      200: page('The same post has been confirmed already: its number.'),
      202: page('It is held, and a mail with a link is on its way.'),
    },
    errors: ['wrong-host'],
    pageErrors: [
      'invalid-request',
      'origin-not-allowed',
      'looks-automated',
      'desk-not-found',
      'too-large',
      'type-not-allowed',
      'invalid-fields',
      'rate-limited',
      'internal',
      'unavailable',
    ],
  },
  {
    method: 'get',
    path: '/desks/{desk}/confirm/{token}',
    id: 'getConfirmPage',
    summary: 'Ask whether a held message is to be delivered',
    description: 'Where the mailed link leads. Changes nothing, however often it is fetched.',
    parameters: link,
    answers: { 200: page('A page with a button that confirms and one that deletes; the number, where it was confirmed before.') },
    errors: ['wrong-host', 'internal', 'unavailable'],
    pageErrors: ['gone'],
  },
  {
    method: 'post',
    path: '/desks/{desk}/confirm/{token}',
    id: 'confirmTicket',
    summary: 'Deliver a held message, or delete it',
    description: 'What the buttons of the page send. Confirming twice files one ticket and shows its number twice.',
    parameters: link,
    body: { media: 'application/x-www-form-urlencoded', description: '`answer`: `confirm` or `discard`.', required: true },
    answers: { 200: page('The ticket exists, with its number; or the message is deleted; or, without an answer, the question again.') },
    errors: ['wrong-host', 'internal', 'unavailable'],
    pageErrors: ['gone', 'conflict'],
  },
];
