import type { FieldProblemCode, SupportErrorCode } from '@storefront-support/contract';
import { plural } from '../base/format.js';

/** Numbers, sizes and dates arrive as text already written in this language; a count comes along where grammar needs it. */
export const form = {
  heading: 'Write to us',
  contact: 'Who should get your message?',
  choose: 'Please choose',
  preSale: 'I have a question before buying',
  preSaleHint: 'We will not ask for an order number.',
  name: 'Your name',
  email: 'E-mail',
  order: 'Order number',
  optional: 'optional',
  subject: 'Subject',
  message: 'Message',
  files: 'Files',
  chooseFiles: 'Choose files',
  dropFiles: 'or drop or paste them here',
  send: 'Send message',
  sending: 'Sending…',
  otherWays: 'Other ways to reach us',
  launcher: 'Contact us',
  close: 'Close',
  unloaded: 'A part of this form could not be loaded. Everything you wrote is still here. Please check your connection and try again.',
};

export type FormText = typeof form;

const errors: Record<SupportErrorCode, string> = {
  'invalid-request':
    'The shop did not understand this message. Everything you wrote is still here. Please reach us in another way; we will look into it.',
  'origin-not-allowed':
    'The shop does not take messages from this page. Everything you wrote is still here. Please reach us in another way.',
  'proof-rejected': 'The check that keeps robots out has run out. Everything you wrote is still here. Please send it again.',
  'looks-automated':
    'Our spam filter stopped this message by mistake, or your browser filled in a hidden field. Everything is still here. Please send it again.',
  'not-found': 'The shop does not know this ticket. Please check the number.',
  'desk-not-found': 'This form is not connected to a shop. Please reach us in another way.',
  'method-not-allowed': 'The shop did not accept this request. Everything you wrote is still here. Please reach us in another way.',
  conflict: 'Something changed on our side at the same moment. Everything you wrote is still here. Please try again.',
  gone: 'A file waited too long and was taken off our side. Your text is still here. Please send again: the file is sent anew.',
  'too-large': 'This is more than the shop accepts at once. Everything you wrote is still here. Please shorten it or take out a file.',
  'type-not-allowed':
    'The shop does not accept this kind of file. Your text and other files are still here. Please remove it and send again.',
  'wrong-host': 'The shop’s address is not set up for this form. Everything you wrote is still here. Please reach us in another way.',
  'invalid-fields': 'Some answers need another look. Nothing was sent yet and everything is still here.',
  'idempotency-mismatch': 'We already have an earlier version of this message. What you changed since is still here and was not sent.',
  'rate-limited': 'There were many messages in a short time. Everything you wrote is still here. Please wait a little, then send it again.',
  'checksum-mismatch': 'A file was damaged on its way. It is still here. Please try again.',
  internal: 'Something went wrong on our side. Your message was not confirmed; everything is still here. Please try again.',
  unavailable: 'The shop cannot take messages at this moment. Everything you wrote is still here. Please try again shortly.',
  offline: 'You are offline. Everything you wrote is still here. You can send it once you are connected again.',
  network: 'The connection to the shop broke. Everything you wrote is still here. Please try again.',
  timeout: 'The shop took too long to answer. Everything you wrote is still here. Please try again.',
  aborted: 'Sending was stopped. Everything you wrote is still here.',
  'not-a-receipt':
    'Something between you and the shop gave a wrong answer, so we cannot say “sent”. Everything is still here. Please check your connection and try again.',
  misconfigured: 'This form is not set up correctly. Please reach us in another way.',
  'load-failed': 'A part of this form could not be loaded. Everything you wrote is still here. Please check your connection and try again.',
};

const problems: Record<FieldProblemCode, (label: string, limit: string) => string> = {
  required: (label) => `${label}: please fill this in.`,
  'too-short': (label, limit) => `${label}: please write at least ${limit} characters.`,
  'too-long': (label, limit) => `${label}: please shorten this to ${limit} characters.`,
  invalid: (label) => `${label}: please check this.`,
  'not-allowed': (label) => `${label}: please leave this empty.`,
  unknown: (label) => `${label}: we cannot find this any more.`,
  'too-many': (label, limit) => `${label}: at most ${limit}. Please remove some.`,
  'too-large': (label, limit) => `${label}: at most ${limit}. Please make it smaller or leave it out.`,
  'not-finished': (label) => `${label}: not all of them have been sent.`,
};

export const messages = {
  errors,
  problems,
  charactersLeft: (count: number, shown: string) =>
    plural('en', count, { one: `${shown} character left`, other: `${shown} characters left` }),
  charactersOver: (count: number, shown: string) =>
    plural('en', count, { one: `${shown} character too many`, other: `${shown} characters too many` }),
  fileLimits: (shown: string, perFile: string, all: string) => `Up to ${shown} files, ${perFile} each, ${all} together.`,
  notKept: (contact: string, cap: string) =>
    `${contact} gets your message by e-mail. We then delete its text and files here${cap ? `, so all files together may have up to ${cap}` : ''}.`,
  problemContact: 'Please choose who should get your message.',
  problemEmail: 'E-mail: please write an address like name@example.com.',
  summary: (count: number, shown: string) => plural('en', count, { one: 'One thing to correct', other: `${shown} things to correct` }),
  failed: 'Your message has not been sent',
  firstVersion: 'Your first version has arrived',
  sendAnew: 'Send the new version as another ticket',
  showFirst: 'Keep the first version',
  doubt: 'It may have arrived all the same. If you send again, it could arrive twice.',
  tryAgain: 'Try again',
  sendAgain: 'Send again anyway',
  wait: (shown: string) => `You can try again in ${shown}.`,
  waited: 'You can try again now.',
  online: 'You are connected again. Your message can be sent now.',
  sendNow: 'Send now',
  waitingForFiles: (count: number, shown: string) =>
    plural('en', count, { one: 'Waiting for one file to arrive…', other: `Waiting for ${shown} files to arrive…` }),
  filesMissing: (count: number, shown: string) =>
    plural('en', count, { one: 'One file has not been sent', other: `${shown} files have not been sent` }),
  filesMissingHint: 'Your message waits. Try the files again, remove them, or send without them.',
  retryFiles: 'Try the files again',
  sendWithout: 'Send without them',
  broken: 'The form cannot be shown right now.',
  mendTitle: 'For whoever builds this page',
  files: {
    queued: 'Waiting',
    uploading: (percent: string) => `Sending, ${percent}`,
    paused: 'Interrupted; going on by itself',
    done: 'Sent',
    failed: 'Not sent',
    refused: 'Not accepted',
    again: 'Please try again, or remove it.',
    tooLarge: (limit: string) => `Larger than ${limit}. Please choose a smaller file.`,
    empty: 'This file is empty.',
    tooMany: (limit: string) => `More than ${limit} files. Please remove one.`,
    totalTooLarge: (limit: string) => `All files together are larger than ${limit}. Please remove one.`,
    wrongType: 'The shop does not accept this kind of file.',
    remove: (name: string) => `Remove ${name}`,
    progress: (name: string) => `Sending ${name}`,
    added: (count: number, shown: string) => plural('en', count, { one: 'One file added', other: `${shown} files added` }),
    removed: (name: string) => `${name} removed`,
    finished: (name: string) => `${name} sent`,
    stopped: (name: string, why: string) => `${name}: ${why}`,
  },
  receipt: {
    title: 'We have your message',
    number: 'Your ticket number',
    copy: 'Copy the number',
    copied: 'Copied',
    selected: 'Selected. Copy it with your keyboard or menu.',
    due: (when: string) => `You will have an answer by ${when}.`,
    mailQueued: (email: string) => `A confirmation is on its way to ${email}.`,
    mailWithheld: 'No confirmation mail comes this time, so please note the number.',
    contact: (name: string) => `It went to: ${name}.`,
    firstVersion: 'This is your first version. What you changed after sending it is not part of it.',
    another: 'Send another message',
  },
};

export type MessageText = typeof messages;
