import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Ihre Anfrage ${number} an ${desk}`,
    greeting: 'Guten Tag,',
    received: (contact, desk) => `Ihre Nachricht ist bei ${desk} (${contact}) angekommen.`,
    number: (number) => `Ihre Anfragenummer ist ${number}. Bitte nennen Sie sie, wenn Sie sich dazu noch einmal melden.`,
    due: (time) => `Sie erhalten eine Antwort bis ${time}.`,
    follow: 'Hier können Sie Ihre Anfrage verfolgen. Auf einem anderen Gerät melden Sie sich mit dieser E-Mail-Adresse an:',
    notYou: 'Sie haben uns nicht geschrieben? Dann hat jemand versehentlich Ihre Adresse eingegeben. Sie müssen nichts tun.',
    otherWays: 'Andere Kontaktwege:',
    automatic: 'Diese E-Mail wurde automatisch versendet.',
  },
  answer: {
    subject: (number, desk) => `Antwort auf Ihre Anfrage ${number} an ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) hat auf Ihre Anfrage ${number} geantwortet.`,
    read: 'Die Antwort lesen Sie hier:',
    readAndReply: 'Hier können Sie alles lesen und antworten:',
  },
  closed: {
    subject: (number, desk) => `Ihre Anfrage ${number} an ${desk} ist geschlossen`,
    closed: (number, desk) => `Ihre Anfrage ${number} an ${desk} wurde geschlossen.`,
    reopen: (time) => `Ist noch etwas offen? Sie können sie bis ${time} wieder öffnen.`,
    read: 'Hier finden Sie Ihre Anfrage:',
  },
  signIn: {
    subject: (desk) => `Anmeldung bei ${desk}`,
    open: (desk) => `dieser Link zeigt Ihnen Ihre Anfragen an ${desk}:`,
    short: 'Er gilt einmal und zehn Minuten lang. Bitte öffnen Sie ihn in dem Browser, in dem Sie ihn angefordert haben.',
    notYou: 'Sie haben ihn nicht angefordert? Dann tun Sie nichts, und geben Sie ihn nicht weiter: Wer ihn hat, kann Ihre Anfragen lesen.',
  },
  held: {
    subject: (desk) => `Bitte bestätigen Sie Ihre Nachricht an ${desk}`,
    confirm: (desk) =>
      `jemand hat an ${desk} geschrieben und diese Adresse angegeben. Waren Sie das? Dann öffnen Sie diese Seite und bestätigen Sie Ihre Nachricht:`,
    until: (time) => `Vorher liest sie niemand. Sie wird bis ${time} aufbewahrt und dann gelöscht.`,
    notYou: 'Waren Sie das nicht? Dann müssen Sie nichts tun; auf derselben Seite können Sie die Nachricht auch löschen.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'vor dem Kauf',
    labels: {
      number: 'Ticket',
      contact: 'Kontakt',
      from: 'Von',
      orderReference: 'Bestellung',
      received: 'Eingegangen',
      due: 'Antwort fällig',
      language: 'Sprache',
      subject: 'Betreff',
      files: 'Dateien',
    },
    filesNotAttached: 'zu groß für eine E-Mail, auf dem Server gespeichert',
    reply: 'Eine Antwort auf diese E-Mail geht an den Kunden. Die Adresse ist so, wie er sie eingegeben hat; geprüft ist sie nicht.',
    notKept: 'Diese Nachricht und ihre Dateien bleiben nicht auf dem Server: Diese E-Mail ist das einzige Exemplar.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] wurde Ihnen zugewiesen (${desk})`,
    assigned: (number, contact, desk) => `Das Ticket ${number} von ${contact} bei ${desk} wurde Ihnen zugewiesen.`,
    comment: 'Kommentar:',
    where: 'Was der Kunde geschrieben hat, steht im Posteingang, nicht in dieser E-Mail.',
  },
  bytes: (count) => sizeIn('de', count, ['Byte', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Das ist Zeile ${seq} der Liste „Wer was getan hat“; ihre Prüfsumme ist ${check}. Mit dieser E-Mail können Sie später feststellen, ob die Liste gekürzt oder umgeschrieben wurde.`,
  'access-asked': {
    subject: (number, desk) => `${desk} bittet um vorübergehenden Zugang (${number})`,
    happened: (number, desk, time) =>
      `jemand aus dem Team von ${desk} bittet um vorübergehenden Zugang zu Ihrem Shop, um Ihre Anfrage ${number} zu bearbeiten: ${time}.`,
    hint: 'Bitte senden Sie keine Passwörter per E-Mail oder Nachricht. Hinter diesem Link wird Ihre Eingabe auf Ihrem Gerät verschlüsselt, und Sie bestimmen, wie lange sie lesbar ist.',
    follow: 'Ansehen, wer warum fragt, und antworten oder ablehnen:',
  },
  'access-opened': {
    subject: (number) => `Ihr Zugang wurde geöffnet (${number})`,
    happened: (number, desk, time) =>
      `jemand aus dem Team von ${desk} hat den Zugang geöffnet, den Sie für Ihre Anfrage ${number} freigegeben haben: ${time}.`,
    hint: '',
    follow: 'Ansehen, wer es war und warum, oder den Zugang jetzt löschen:',
  },
  'access-ended': {
    subject: (number) => `Ihr Zugang wurde gelöscht (${number})`,
    happened: (number, desk, time) =>
      `der Zugang, den Sie ${desk} für Ihre Anfrage ${number} freigegeben haben, wurde bei uns gelöscht: ${time}.`,
    hint: 'Schließen Sie nun auch die Tür in Ihrem Shop: Löschen Sie das Konto, ändern Sie das Passwort oder entfernen Sie den Schlüssel.',
    follow: 'Was noch zu tun ist:',
  },
  'access-reminder': {
    subject: (number) => `Ist die Tür zu? (${number})`,
    happened: (number, desk, time) =>
      `der Zugang, den Sie ${desk} für Ihre Anfrage ${number} freigegeben haben, ist beendet: ${time}. In Ihrem Shop bleibt noch etwas zu tun.`,
    hint: 'Bis Sie das Konto löschen, das Passwort ändern oder den Schlüssel entfernen, funktioniert der Zugang dort noch.',
    follow: 'Was noch zu tun ist:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Ein Kunde bietet Zugang an (${desk})`,
    happened: (number, desk, time) => `der Kunde von Ticket ${number} bei ${desk} bietet vorübergehenden Zugang an: ${time}.`,
    hint: 'Nehmen Sie im Posteingang an oder lehnen Sie ab. Vorher kann nichts eingegeben werden.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Schreiben Sie uns',
    intro: 'Nach dem Senden erhalten Sie eine E-Mail mit einem Link. Wir lesen Ihre Nachricht, sobald Sie sie dort bestätigt haben.',
    contact: 'An wen?',
    choose: 'Bitte wählen',
    preSale: 'Frage vor dem Kauf',
    preSaleHint: 'Ohne Bestellnummer.',
    name: 'Ihr Name',
    email: 'E-Mail',
    order: 'Bestellnummer',
    optional: 'optional',
    subject: 'Betreff',
    message: 'Nachricht',
    files: 'Dateien',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Bis zu ${shown} Dateien, je ${perFile}, zusammen ${all}.` : `Eine Datei bis ${perFile}.`,
    leaveEmpty: 'Bitte dieses Feld leer lassen',
    send: 'Nachricht senden',
    otherWays: 'Andere Kontaktwege',
  },
  problems: {
    required: (label) => `${label}: bitte ausfüllen.`,
    'too-short': (label, limit) => `${label}: bitte mindestens ${limit} Zeichen.`,
    'too-long': (label, limit) => `${label}: bitte auf ${limit} Zeichen kürzen.`,
    invalid: (label) => `${label}: bitte prüfen.`,
    'not-allowed': (label) => `${label}: bitte leer lassen.`,
    unknown: (label) => `${label}: nicht mehr zu finden.`,
    'too-many': (label, limit) => `${label}: höchstens ${limit}.`,
    'too-large': (label, limit) => `${label}: höchstens ${limit}.`,
    'not-finished': (label) => `${label}: noch nicht alles angekommen.`,
  },
  problemContact: 'Bitte wählen Sie, an wen Sie schreiben.',
  problemEmail: 'E-Mail: bitte eine Adresse wie name@example.com.',
  files: {
    wrongType: (name) => `${name}: Der Shop nimmt diese Art von Datei nicht an.`,
    tooLarge: (name, limit) => `${name}: größer als ${limit}. Bitte wählen Sie eine kleinere Datei.`,
    chooseAgain: (names) =>
      `Browser merken sich ausgewählte Dateien nicht. Um sie zu senden, wählen Sie sie bitte noch einmal aus: ${names}.`,
  },
  summary: (count, shown) =>
    plural('de', count, { one: 'Eine Angabe fehlt oder stimmt nicht', other: `${shown} Angaben fehlen oder stimmen nicht` }),
  notSent: 'Ihre Nachricht wurde nicht gesendet',
  kept: 'Alles, was Sie geschrieben haben, steht unten im Formular.',
  notKept: 'Was Sie geschrieben haben, steht noch auf der vorigen Seite: Gehen Sie mit Ihrem Browser dorthin zurück.',
  errors: {
    sendFromHere:
      'Die Seite, von der Sie kommen, sagt uns nicht, zu welchem Shop sie gehört. Bitte prüfen Sie Ihre Nachricht und senden Sie sie von hier.',
    notAllowed: 'Von der Seite, von der Sie kommen, nimmt der Shop keine Nachrichten an.',
    looksAutomated:
      'Unser Spamfilter hielt dies für die Nachricht eines Roboters. Bitte senden Sie sie noch einmal, oder erreichen Sie uns auf anderem Weg.',
    noDesk: 'Dieses Formular ist mit keinem Shop verbunden.',
    tooLarge: 'Das ist mehr, als der Shop auf einmal annimmt. Bitte kürzen Sie den Text, oder senden Sie weniger oder kleinere Dateien.',
    broken: 'Ihre Nachricht kam nicht vollständig an. Bitte senden Sie sie noch einmal.',
    tooMany: (wait) => `Zu viele Nachrichten in kurzer Zeit. Nächster Versuch möglich in ${wait}.`,
    linkWaits:
      'Wir haben schon einen Link an diese Adresse gesendet, der noch nicht benutzt wurde. Bitte suchen Sie diese E-Mail und öffnen Sie zuerst ihren Link; danach können Sie auch diese Nachricht senden.',
    busy: 'Der Shop kann gerade keine Nachrichten annehmen. Bitte versuchen Sie es etwas später erneut.',
    internal: 'Bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es erneut.',
  },
  held: {
    title: 'Bitte schauen Sie in Ihr Postfach',
    sent: (email) => `Wir haben eine E-Mail an ${email} gesendet.`,
    what: 'Öffnen Sie den Link darin und bestätigen Sie Ihre Nachricht. Erst dann erhalten wir sie, und Sie bekommen eine Nummer dafür.',
    until: (time) => `Der Link gilt bis ${time}. Danach wird Ihre Nachricht gelöscht.`,
    notArrived:
      'Nach ein paar Minuten noch keine E-Mail? Schauen Sie bitte im Spam-Ordner nach, und prüfen Sie die Adresse oben. Ist sie falsch, gehen Sie zurück und senden Sie die Nachricht noch einmal.',
  },
  confirm: {
    title: 'Ist diese Nachricht von Ihnen?',
    ask: (desk, time) => `Mit Ihrer Adresse wurde eine Nachricht an ${desk} geschrieben: ${time}.`,
    hint: 'Sie wird zugestellt, sobald Sie sie bestätigen. Wenn Sie sie nicht geschrieben haben, löschen Sie sie oder tun Sie nichts.',
    confirm: 'Ja, Nachricht zustellen',
    discard: 'Nein, löschen',
  },
  filed: {
    title: 'Ihre Nachricht ist angekommen',
    number: 'Ihre Anfragenummer',
    keep: 'Bitte notieren Sie diese Nummer. Sie hilft uns, Ihre Nachricht zu finden, wenn Sie sich wieder melden.',
    contact: (name) => `Empfänger: ${name}.`,
    due: (time) => `Sie erhalten eine Antwort bis ${time}.`,
    mailQueued: 'Eine E-Mail mit dieser Nummer ist unterwegs zu Ihnen.',
    mailWithheld: 'Diesmal kommt keine E-Mail mit dieser Nummer.',
  },
  discarded: { title: 'Die Nachricht ist gelöscht', text: 'Niemand hat sie gelesen.' },
  gone: {
    title: 'Dieser Link funktioniert nicht mehr',
    text: 'Die Nachricht wurde gelöscht, oder der Link ist älter als ein Tag. Bitte schreiben Sie uns erneut. Wenn Sie den Link kopiert haben, prüfen Sie, ob er vollständig ist.',
  },
  refused: {
    title: 'Diese Nachricht kann nicht mehr zugestellt werden',
    text: 'Der Shop hat inzwischen geändert, was er annimmt. Bitte schreiben Sie uns erneut.',
  },
  writeAgain: 'Nachricht schreiben',
};

export const de: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
