import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Your ticket ${number} at ${desk}`,
    greeting: 'Hello,',
    received: (contact, desk) => `Your message has reached ${contact} at ${desk}.`,
    number: (number) => `Your ticket number is ${number}. Please mention it when you contact us about this again.`,
    due: (time) => `You can expect an answer by ${time}.`,
    follow: 'You can follow it here. On another device than the one you wrote from, sign in with this address:',
    notYou: 'You did not write to us? Then somebody typed your address by mistake. You do not have to do anything.',
    otherWays: 'Other ways to reach us:',
    automatic: 'This mail was sent automatically.',
  },
  answer: {
    subject: (number, desk) => `Answer to your ticket ${number} at ${desk}`,
    answered: (number, contact, desk) => `${contact} at ${desk} has answered your ticket ${number}.`,
    read: 'Read the answer here:',
    readAndReply: 'Read all of it and reply here:',
  },
  closed: {
    subject: (number, desk) => `Your ticket ${number} at ${desk} is closed`,
    closed: (number, desk) => `Your ticket ${number} at ${desk} has been closed.`,
    reopen: (time) => `Is something still open? You can reopen it until ${time}.`,
    read: 'You will find it here:',
  },
  signIn: {
    subject: (desk) => `Sign in to ${desk}`,
    open: (desk) => `This link shows you your tickets at ${desk}:`,
    short: 'It works once, within ten minutes. Please open it in the browser in which you asked for it.',
    notYou: 'You did not ask for it? Then do nothing, and pass it on to nobody: whoever has the link can read your tickets.',
  },
  held: {
    subject: (desk) => `Please confirm your message to ${desk}`,
    confirm: (desk) => `Somebody has written to ${desk} and given this address. Was it you? Then open this page and confirm your message:`,
    until: (time) => `Nobody reads it before that. It is kept until ${time} and deleted then.`,
    notYou: 'Was it not you? Then you do not have to do anything, or you can delete the message on the same page.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'pre-sale',
    labels: {
      number: 'Ticket',
      contact: 'Contact',
      from: 'From',
      orderReference: 'Order reference',
      received: 'Received',
      due: 'Answer due',
      language: 'Language',
      subject: 'Subject',
      files: 'Files',
    },
    filesNotAttached: 'too large for a mail, kept on the server',
    reply: 'A reply to this mail goes to the customer. Their address is as they typed it and has not been verified.',
    notKept: 'This message and its files are not kept on the server: this mail is the only copy.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] is yours (${desk})`,
    assigned: (number, contact, desk) => `The ticket ${number} of ${contact} at ${desk} has been given to you.`,
    comment: 'Comment:',
    where: 'What the customer wrote is in the inbox and not in this mail.',
  },
  bytes: (count) => sizeIn('en', count, ['bytes', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `This is line ${seq} of the list “Who did what”, and its check code is ${check}: with this mail you can tell later whether the list was shortened or rewritten.`,
  'access-asked': {
    subject: (number, desk) => `${desk} asks for temporary access (${number})`,
    happened: (number, desk, time) =>
      `An agent of ${desk} asks for temporary access to your shop, to work on your ticket ${number}: ${time}.`,
    hint: 'Please send no passwords by mail or message. Behind this link what you enter is encrypted on your device, and you choose for how long it can be read.',
    follow: 'See who asks and why, answer or decline:',
  },
  'access-opened': {
    subject: (number) => `Your access was opened (${number})`,
    happened: (number, desk, time) => `An agent of ${desk} has opened access that you lent for your ticket ${number}: ${time}.`,
    hint: '',
    follow: 'See who it was and why, or delete it now:',
  },
  'access-ended': {
    subject: (number) => `Your access has been deleted (${number})`,
    happened: (number, desk, time) => `Access that you lent to ${desk} for your ticket ${number} has been deleted on our side: ${time}.`,
    hint: 'Now close the door in your shop, too: delete the account, change the password or remove the key.',
    follow: 'The list of what is left to do:',
  },
  'access-reminder': {
    subject: (number) => `Is the door closed? (${number})`,
    happened: (number, desk, time) =>
      `Access that you lent to ${desk} for your ticket ${number} has ended: ${time}. Something is left to do in your shop.`,
    hint: 'Until you delete the account, change the password or remove the key, it still works there.',
    follow: 'The list of what is left to do:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] A customer offers access (${desk})`,
    happened: (number, desk, time) => `The customer of ticket ${number} at ${desk} offers temporary access: ${time}.`,
    hint: 'Accept or decline it in the inbox. Nothing can be entered before.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Write to us',
    intro: 'After sending you get a mail with a link. We read your message once you have confirmed it there.',
    contact: 'Who should get your message?',
    choose: 'Please choose',
    preSale: 'I have a question before buying',
    preSaleHint: 'No order number is needed then.',
    name: 'Your name',
    email: 'E-mail',
    order: 'Order number',
    optional: 'optional',
    subject: 'Subject',
    message: 'Message',
    files: 'Files',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Up to ${shown} files, ${perFile} each, ${all} together.` : `One file of up to ${perFile}.`,
    leaveEmpty: 'Please leave this field empty',
    send: 'Send message',
    otherWays: 'Other ways to reach us',
  },
  problems: {
    required: (label) => `${label}: please fill this in.`,
    'too-short': (label, limit) => `${label}: please write at least ${limit} characters.`,
    'too-long': (label, limit) => `${label}: please shorten this to ${limit} characters.`,
    invalid: (label) => `${label}: please check this.`,
    'not-allowed': (label) => `${label}: please leave this empty.`,
    unknown: (label) => `${label}: we cannot find this any more.`,
    'too-many': (label, limit) => `${label}: at most ${limit}.`,
    'too-large': (label, limit) => `${label}: at most ${limit}.`,
    'not-finished': (label) => `${label}: not everything has arrived.`,
  },
  problemContact: 'Please choose who should get your message.',
  problemEmail: 'E-mail: please write an address like name@example.com.',
  files: {
    wrongType: (name) => `${name}: the shop does not accept this kind of file.`,
    tooLarge: (name, limit) => `${name}: larger than ${limit}. Please choose a smaller file.`,
    chooseAgain: (names) => `Browsers do not keep chosen files. To send them, please choose them again: ${names}.`,
  },
  summary: (count, shown) => plural('en', count, { one: 'One thing to correct', other: `${shown} things to correct` }),
  notSent: 'Your message has not been sent',
  kept: 'Everything you wrote stands in the form below.',
  notKept: 'What you wrote is still on the page before this one: go back to it with your browser.',
  errors: {
    sendFromHere: 'The page you came from does not tell us which shop it belongs to. Please check your message and send it from here.',
    notAllowed: 'The shop does not take messages from the page you came from.',
    looksAutomated: 'Our spam filter took this for a robot’s message. Please send it once more, or reach us in another way.',
    noDesk: 'This form is not connected to a shop.',
    tooLarge: 'This is more than the shop takes at once. Please shorten it, or send fewer or smaller files.',
    broken: 'Your message did not arrive whole. Please send it once more.',
    tooMany: (wait) => `There were too many messages in a short time. Please try again in ${wait}.`,
    linkWaits:
      'We have already mailed a link to this address, and it has not been used yet. Please look for that mail and use it first; then you can send this message, too.',
    busy: 'The shop cannot take messages at this moment. Please try again a little later.',
    internal: 'Something went wrong on our side. Please try again.',
  },
  held: {
    title: 'Please look into your mailbox',
    sent: (email) => `We have sent a mail to ${email}.`,
    what: 'Open the link in it and confirm your message. Only then do we get it, and you get a number for it.',
    until: (time) => `The link works until ${time}. After that your message is deleted.`,
    notArrived:
      'No mail within a few minutes? Please look among unwanted mails, and check the address above. If it is wrong, go back and send the message again.',
  },
  confirm: {
    title: 'Is this message yours?',
    ask: (desk, time) => `A message to ${desk} was written with your address: ${time}.`,
    hint: 'It is delivered once you confirm it. If you did not write it, delete it or do nothing.',
    confirm: 'Yes, deliver my message',
    discard: 'No, delete it',
  },
  filed: {
    title: 'We have your message',
    number: 'Your ticket number',
    keep: 'Please note this number. It helps us find your message when you contact us again.',
    contact: (name) => `It went to: ${name}.`,
    due: (time) => `You will have an answer by ${time}.`,
    mailQueued: 'A mail with this number is on its way to you.',
    mailWithheld: 'No mail with this number comes this time.',
  },
  discarded: { title: 'The message is deleted', text: 'Nobody has read it.' },
  gone: {
    title: 'This link does not work any more',
    text: 'The message was deleted, or the link is older than a day. Please write to us again. If you copied the link, check that it is complete.',
  },
  refused: {
    title: 'This message cannot be delivered any more',
    text: 'The shop has changed what it takes since you wrote it. Please write to us again.',
  },
  writeAgain: 'Write a message',
};

export const en: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
