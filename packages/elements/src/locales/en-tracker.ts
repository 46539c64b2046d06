import type { TicketStatus } from '@storefront-support/contract';
import { plural } from '../base/format.js';

const unread = (count: number, shown: string) => plural('en', count, { one: '1 new answer', other: `${shown} new answers` });

/** What a badge says: loaded with it, and with all that the tracker says. */
export const badge = { unread };

export type BadgeText = typeof badge;

/** What the tracker and a thread say. */
export const tracker = {
  heading: 'Your tickets',
  groups: { waiting: 'Waiting for you', open: 'Open', closed: 'Closed' },
  status: { waiting: 'We have answered and are waiting for you', open: 'It is our turn', closed: 'Closed' },
  unread,
  tools: 'Find a ticket, sign in, forget',
  more: 'Show more',
  showClosed: 'Show closed tickets',
  noClosed: 'No closed tickets',
  absent: 'Tickets cannot be followed here. Answers come by e-mail.',
  failed: 'Your tickets cannot be shown right now',
  failedThread: 'This ticket cannot be shown',
  keptOnly: 'This device knows of these:',
  tryAgain: 'Try again',
  back: 'All tickets',
  untitled: 'Without a subject',
  due: (when: string) => `Answer due by ${when} your time`,
  late: (when: string) => `Our answer is late: it was due by ${when} your time`,
  you: 'You',
  earlier: 'Show earlier messages',
  noPasswords: 'You do not need to send passwords.',
  toAccess: 'Access information',
  toReply: 'Write a reply',
  changed: (who: string, status: TicketStatus) =>
    `${who}: ${{ open: 'open again', closed: 'closed', pending1: 'on hold', pending2: 'on hold' }[status]}`,
  deleted: 'This text has been deleted.',
  save: (name: string) => `Save ${name}`,
  show: 'Show picture',
  tooLarge: 'Too large to be shown here.',
  unshown: 'This picture cannot be shown.',
  arrived: (count: number, shown: string) => plural('en', count, { one: 'New message', other: `${shown} new messages` }),
  loaded: (count: number, shown: string) => plural('en', count, { one: '1 more shown', other: `${shown} more shown` }),
  errors: {
    'not-signed-in': 'Your sign-in has ended. Please sign in again.',
    'not-found': 'No ticket with this number can be shown here.',
    'ticket-closed': 'This ticket is closed for good. Please open a new one.',
  },
};

export type TrackerText = typeof tracker;

/** What answering, closing and rating say: loaded with them. */
export const answer = {
  reply: 'Your reply',
  reopens: 'Your reply opens this ticket again.',
  send: 'Send',
  sending: 'Sending…',
  files: 'Add files',
  waitingForFiles: 'Waiting for your files…',
  filesMissing: 'A file has not been sent. Try it again, or remove it.',
  pending: 'Not sent yet, saved on this device',
  unkept: 'Not sent yet. Please leave this page open',
  doubt: 'It may have arrived all the same.',
  edit: 'Edit',
  remove: 'Delete',
  sendNow: 'Send now',
  firstVersion: 'An earlier version has arrived. What you changed since is here.',
  close: 'Close this ticket',
  reason: 'Why? (optional)',
  reopen: 'Open it again',
  until: (when: string) => `Possible until ${when}.`,
  rate: 'Did this help?',
  good: 'Yes',
  bad: 'No',
  comment: 'What was good, or could be better? (optional)',
  sendRating: 'Send this',
  thanks: 'Thank you.',
  another: 'Another question? Open a new ticket',
  about: (number: string, subject: string) => `${subject} (after ${number})`,
};

export type AnswerText = typeof answer;

/** What finding, signing in and forgetting say: loaded with them. */
export const signIn = {
  empty: 'No tickets yet',
  emptyHint: 'What you send from this device is shown here.',
  find: 'Find a ticket by its number',
  findNow: 'Find',
  notHere: (number: string) => `${number} is not kept on this device.`,
  signInHint: 'Sign in to see all of your tickets.',
  deviceHint: 'Please open it on the device it was sent from.',
  kept: (count: number, shown: string) =>
    plural('en', count, { one: '1 ticket kept on this device', other: `${shown} tickets kept on this device` }),
  keptHint: 'Whoever uses this device can read them. Forgetting does not delete them at the shop.',
  forget: 'Forget',
  forgetAll: 'Forget all on this device',
  really: 'Really?',
  forgotten: 'Forgotten on this device.',
  heading: 'Sign in by e-mail',
  hint: 'We mail you a link that opens your tickets here. No password is needed.',
  email: 'Your e-mail address',
  send: 'Mail me a link',
  sent: (email: string) => `If we know ${email}, a link is on its way. It works for ten minutes, in this browser.`,
  problem: 'Please write an address like name@example.com.',
  opening: 'Signing you in…',
  confirm: 'Is it you?',
  confirmHint: 'This link was asked for in another browser. Go on only if you asked for it yourself.',
  confirmNow: 'Yes, sign me in here',
  no: 'No',
  gone: 'This link has been used or is too old. Please ask for a new one.',
  done: 'You are signed in.',
  sessions: 'Where you are signed in',
  via: { device: 'Tickets kept on a device', link: 'By a link in a mail', 'identity-token': 'By your account in the shop' },
  current: 'this browser',
  used: (when: string) => `Last used: ${when}`,
  end: 'End',
  signOut: 'Sign out',
  ended: 'Ended.',
};

export type SignInText = typeof signIn;
