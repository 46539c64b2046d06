import type { FieldProblemCode } from '@storefront-support/contract';
import { plural } from '../base/format.js';
import type { ToldCode } from './error-sentence.js';

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
  unloaded: 'A part of this form did not load. Your text is still here: please try again.',
};

export type FormText = typeof form;

/** Why something failed and what to do; that nothing is lost is said beside it. */
const errors: Record<ToldCode, string> = {
  'invalid-request': 'The shop cannot take messages from this page. Please reach us in another way.',
  'proof-rejected': 'The robot check has expired.',
  'looks-automated': 'Our spam filter took this for a robot’s message.',
  'not-found': 'The shop does not know this number. Please check it.',
  'desk-not-found': 'This form is not connected to a shop. Please reach us in another way.',
  gone: 'A file arrived incomplete.',
  'too-large': 'This is more than the shop accepts. Please shorten it or remove a file.',
  'type-not-allowed': 'The shop does not accept this kind of file. Please remove it.',
  'invalid-fields': 'Some answers need another look.',
  'idempotency-mismatch': 'We have an earlier version of this message. What you changed since was not sent.',
  'rate-limited': 'There were too many messages in a short time. Please wait a little.',
  internal: 'Something went wrong on our side.',
  unavailable: 'The shop cannot take messages at this moment.',
  offline: 'You are offline.',
  network: 'The shop did not answer.',
  aborted: 'Sending was stopped.',
  'not-a-receipt': 'Something between you and the shop gave a wrong answer. Please check your connection.',
  'load-failed': 'A part of this form did not load. Please check your connection.',
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
  'refused-text': (label, quote) => `${label}: the shop refuses “${quote}”. Please leave it out, or put a space into it.`,
};

export const messages = {
  errors,
  problems,
  charactersLeft: (count: number, shown: string) =>
    plural('en', count, { one: `${shown} character left`, other: `${shown} characters left` }),
  charactersOver: (count: number, shown: string) =>
    plural('en', count, { one: `${shown} character too many`, other: `${shown} characters too many` }),
  fileLimits: (count: number, shown: string, perFile: string, all: string) =>
    count > 1 ? `Up to ${shown} files, ${perFile} each, ${all} together.` : `One file of up to ${perFile}.`,
  notKept: (contact: string, cap: string) =>
    `${contact} gets your message by e-mail. We then delete it here${cap ? `, so all files together may have up to ${cap}` : ''}.`,
  takePhoto: 'Take a photo',
  noFiles: 'Files cannot be sent here.',
  filesTo: 'Send them to:',
  problemContact: 'Please choose who should get your message.',
  problemEmail: 'E-mail: please write an address like name@example.com.',
  didYouMean: (address: string) => `Did you mean ${address}?`,
  useAddress: (address: string) => `Yes, use ${address}`,
  keepAddress: (address: string) => `No, ${address} is right`,
  summary: (count: number, shown: string) => plural('en', count, { one: 'One thing to correct', other: `${shown} things to correct` }),
  failed: 'Your message has not been sent',
  saved: 'Saved on this device, not sent yet',
  /** Said where nothing sends it by itself. */
  kept: 'Everything you wrote is still here.',
  later: 'It will be sent by itself as soon as possible, even when you come back later.',
  notKeptHere: 'This browser keeps nothing for us. Please leave this page open until your message is sent.',
  restored: (when: string) => `What you wrote is back. Last changed: ${when}.`,
  deleteHere: 'Delete from this device',
  reallyDelete: 'Really delete? It cannot be brought back.',
  unconfirmed: 'Your message is not confirmed yet',
  doubt: 'It may have arrived all the same. If you send again, it could arrive twice.',
  tryAgain: 'Try again',
  sendAgain: 'Send again anyway',
  wait: (shown: string) => `You can try again in ${shown}.`,
  waited: 'You can try again now.',
  online: 'You are connected again.',
  sendNow: 'Send now',
  waitingForFiles: (count: number, shown: string) =>
    plural('en', count, { one: 'Waiting for one file to arrive…', other: `Waiting for ${shown} files to arrive…` }),
  filesMissing: (count: number, shown: string) =>
    plural('en', count, { one: 'One file has not been sent', other: `${shown} files have not been sent` }),
  filesMissingHint: 'Your message waits. Try the files again, remove them, or send without them.',
  retryFiles: 'Try the files again',
  sendWithout: 'Send without them',
  broken: 'The form cannot be shown right now.',
  receipt: {
    title: 'We have your message',
    number: 'Your ticket number',
    copy: 'Copy the number',
    copied: 'Copied',
    selected: 'Selected. Copy it by keyboard or menu.',
    due: (when: string) => `You will have an answer by ${when}.`,
    mailQueued: (email: string) => `A confirmation is on its way to ${email}.`,
    noNumber: 'The shop gives no ticket number here.',
    answerTo: (email: string) => `The answer comes to ${email}.`,
    mailWithheld: 'No confirmation mail comes this time, so please note the number.',
    contact: (name: string) => `It went to: ${name}.`,
    firstVersion: 'This is your first version. What you changed after sending it is not part of it.',
    another: 'Send another about something else',
    follow: 'Follow your ticket',
    forget: 'Forget it on this device',
  },
};

export type MessageText = typeof messages;

export const files = {
  queued: 'Waiting',
  checking: 'Getting ready',
  uploading: (percent: string) => `Sending, ${percent}`,
  paused: 'Interrupted; will continue by itself',
  done: 'Sent',
  held: 'Ready: goes with your message',
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
  ready: (name: string) => `${name} is ready`,
  stopped: (name: string, why: string) => `${name}: ${why}`,
  tryAgain: 'Try again',
};

export type FilesText = typeof files;

/** Asked about a message of which an earlier version has arrived: loaded with the first such. */
export const firstVersion = {
  title: 'Your first version has arrived',
  sendAnew: 'Send the new version as another ticket',
  show: 'Keep the first version',
};

export type FirstVersionText = typeof firstVersion;

/** What is said about messages that wait on this device: loaded with the first of them. */
export const waiting = {
  title: (count: number, shown: string) =>
    plural('en', count, { one: 'One message on this device', other: `${shown} messages on this device` }),
  more: (count: number, shown: string) => plural('en', count, { one: 'and one more', other: `and ${shown} more` }),
  untitled: 'Without a subject',
  written: (when: string) => `Last changed: ${when}.`,
  queued: 'Not sent yet. It will be sent by itself as soon as possible.',
  sending: 'Sending…',
  unfinished: 'Not finished, not sent.',
  needsYou: 'Not sent. Please have a look at it.',
  sent: (number: string) => `Sent. Your ticket number is ${number}.`,
  taken: 'Sent. The shop gives no ticket number.',
  files: (count: number, shown: string) => plural('en', count, { one: 'One file', other: `${shown} files` }),
  sendNow: 'Send now',
  edit: 'Edit',
  resume: 'Go on writing',
  remove: 'Delete',
  reallyRemove: 'Really delete?',
  removed: 'Deleted from this device.',
  seen: 'All right',
};

export type WaitingText = typeof waiting;

/** Said about pictures, and about files that were kept on this device: loaded with the first of them. */
export const images = {
  noLocation: 'Location and camera data removed.',
  noCamera: 'Camera data removed.',
  noHidden: 'Hidden data removed.',
  noMoving: 'Moving part removed.',
  moving: 'Sent with its moving part, which may say where it was taken.',
  original: 'The original is sent, with everything hidden in it.',
  keepMoving: 'Keep the moving part',
  sendOriginal: 'Send the original file',
  makeSmaller: 'Make smaller',
  fullSize: 'Use the full size',
  smaller: (before: string, after: string) => `Made smaller: ${before} → ${after}.`,
  smallest: 'It cannot be made smaller.',
  converted: 'Turned into a JPEG.',
  unsupported: 'Hidden data cannot be removed from this kind of file: it may say where and with what it was made.',
  unclean: 'What is hidden in this file could not be removed: it may say where it was taken.',
  undecodable: 'This browser cannot turn it into a JPEG, so it may say where it was taken.',
  asking: 'Not sent yet: please decide',
  sendAsIs: 'Send it as it is',
  missing: (name: string) => `Choose ${name} again to go on`,
  notKept: 'It could not be kept on this device.',
  otherFile: 'This is a different file of the same name. Choose the one from before, or remove this one first.',
  choose: 'Choose',
  unkept: 'Too large to be kept on this device: leave this page open until it is sent.',
  leftOut: (count: number, shown: string, limit: string) =>
    plural('en', count, {
      one: `One more file was left out: at most ${limit} can be sent.`,
      other: `${shown} more files were left out: at most ${limit} can be sent.`,
    }),
};

export type ImagesText = typeof images;

/** Said when a message holds what looks secret: loaded with the first that does. */
export const secrets = {
  title: 'Is this meant for your message?',
  kinds: { password: 'A password', key: 'A secret key', token: 'An access token', card: 'A card number' },
  quoted: (excerpt: string) => `“${excerpt}”`,
  why: 'Messages are also sent as e-mails and kept for a long time. What is secret is safer left out.',
  remove: (count: number) => plural('en', count, { one: 'Remove it', other: 'Remove them' }),
  move: 'Move to the vault',
  keep: 'Send as it is',
  marker: '[removed]',
  removed: 'Removed. Please look through your message and send it.',
};

export type SecretsText = typeof secrets;
