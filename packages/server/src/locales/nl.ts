import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Uw vraag ${number} aan ${desk}`,
    greeting: 'Goedendag,',
    received: (contact, desk) => `Uw bericht is aangekomen bij ${desk} (${contact}).`,
    number: (number) => `Het nummer van uw vraag is ${number}. Vermeld het als u hierover weer contact opneemt.`,
    due: (time) => `U krijgt antwoord, uiterlijk ${time}.`,
    follow: 'U kunt uw vraag hier volgen. Log op een ander apparaat in met dit e-mailadres:',
    notYou: 'Hebt u ons niet geschreven? Dan heeft iemand per ongeluk uw adres ingevuld. U hoeft niets te doen.',
    otherWays: 'Andere contactmogelijkheden:',
    automatic: 'Deze e-mail is automatisch verzonden.',
  },
  answer: {
    subject: (number, desk) => `Antwoord op uw vraag ${number} aan ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) heeft uw vraag ${number} beantwoord.`,
    read: 'Lees het antwoord hier:',
    readAndReply: 'Lees alles en antwoord hier:',
  },
  closed: {
    subject: (number, desk) => `Uw vraag ${number} aan ${desk} is gesloten`,
    closed: (number, desk) => `Uw vraag ${number} aan ${desk} is gesloten.`,
    reopen: (time) => `Is er nog iets? U kunt uw vraag heropenen tot ${time}.`,
    read: 'U vindt uw vraag hier:',
  },
  signIn: {
    subject: (desk) => `Inloggen bij ${desk}`,
    open: (desk) => `Deze link toont u uw vragen aan ${desk}:`,
    short: 'De link werkt één keer, binnen tien minuten. Open hem in de browser waarin u hem hebt aangevraagd.',
    notYou: 'Hebt u hem niet aangevraagd? Doe dan niets en geef hem aan niemand door: wie de link heeft, kan uw vragen lezen.',
  },
  held: {
    subject: (desk) => `Bevestig uw bericht aan ${desk}`,
    confirm: (desk) =>
      `Iemand heeft aan ${desk} geschreven en dit adres opgegeven. Was u dat? Open dan deze pagina en bevestig uw bericht:`,
    until: (time) => `Vóór die tijd leest niemand het. Het wordt bewaard tot ${time} en dan gewist.`,
    notYou: 'Was u het niet? Dan hoeft u niets te doen; u kunt het bericht op dezelfde pagina ook wissen.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'vóór aankoop',
    labels: {
      number: 'Ticket',
      contact: 'Contact',
      from: 'Van',
      orderReference: 'Bestelling',
      received: 'Ontvangen',
      due: 'Antwoord vóór',
      language: 'Taal',
      subject: 'Onderwerp',
      files: 'Bestanden',
    },
    filesNotAttached: 'te groot voor een e-mail, bewaard op de server',
    reply: 'Een antwoord op deze e-mail gaat naar de klant. Het adres is zoals de klant het intypte en is niet gecontroleerd.',
    notKept: 'Dit bericht en de bestanden worden niet op de server bewaard: deze e-mail is het enige exemplaar.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] is nu van u (${desk})`,
    assigned: (number, contact, desk) => `Het ticket ${number} van ${contact} bij ${desk} is aan u toegewezen.`,
    comment: 'Opmerking:',
    where: 'Wat de klant schreef, staat in het postvak en niet in deze e-mail.',
  },
  bytes: (count) => sizeIn('nl', count, ['bytes', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Dit is regel ${seq} van de lijst “Wie deed wat”; de controlecode is ${check}. Met deze e-mail kunt u later nagaan of de lijst is ingekort of herschreven.`,
  'access-asked': {
    subject: (number, desk) => `${desk} vraagt om tijdelijke toegang (${number})`,
    happened: (number, desk, time) =>
      `Een medewerker van ${desk} vraagt om tijdelijke toegang tot uw winkel, om aan uw vraag ${number} te werken: ${time}.`,
    hint: 'Stuur geen wachtwoorden per e-mail of bericht. Achter deze link wordt wat u invult op uw apparaat versleuteld, en u bepaalt hoelang het leesbaar is.',
    follow: 'Bekijk wie erom vraagt en waarom, en antwoord of weiger:',
  },
  'access-opened': {
    subject: (number) => `Uw toegang is geopend (${number})`,
    happened: (number, desk, time) =>
      `Een medewerker van ${desk} heeft de toegang geopend die u voor uw vraag ${number} hebt gegeven: ${time}.`,
    hint: '',
    follow: 'Bekijk wie het was en waarom, of wis de toegang nu:',
  },
  'access-ended': {
    subject: (number) => `Uw toegang is gewist (${number})`,
    happened: (number, desk, time) => `De toegang die u ${desk} voor uw vraag ${number} hebt gegeven, is bij ons gewist: ${time}.`,
    hint: 'Sluit nu ook de deur in uw winkel: verwijder het account, wijzig het wachtwoord of verwijder de sleutel.',
    follow: 'Wat er nog te doen is:',
  },
  'access-reminder': {
    subject: (number) => `Is de deur dicht? (${number})`,
    happened: (number, desk, time) =>
      `De toegang die u ${desk} voor uw vraag ${number} hebt gegeven, is beëindigd: ${time}. In uw winkel is nog iets te doen.`,
    hint: 'Totdat u het account verwijdert, het wachtwoord wijzigt of de sleutel verwijdert, werkt de toegang daar nog.',
    follow: 'Wat er nog te doen is:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Een klant biedt toegang aan (${desk})`,
    happened: (number, desk, time) => `De klant van ticket ${number} bij ${desk} biedt tijdelijke toegang aan: ${time}.`,
    hint: 'Accepteer of weiger het in het postvak. Eerder kan er niets worden ingevuld.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Schrijf ons',
    intro: 'Na het verzenden krijgt u een e-mail met een link. Wij lezen uw bericht zodra u het daar hebt bevestigd.',
    contact: 'Voor wie?',
    choose: 'Kies',
    preSale: 'Vraag vóór aankoop',
    preSaleHint: 'Zonder bestelnummer.',
    name: 'Uw naam',
    email: 'E-mailadres',
    order: 'Bestelnummer',
    optional: 'optioneel',
    subject: 'Onderwerp',
    message: 'Bericht',
    files: 'Bestanden',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Tot ${shown} bestanden, ${perFile} per stuk, samen ${all}.` : `Eén bestand tot ${perFile}.`,
    leaveEmpty: 'Laat dit veld leeg',
    send: 'Bericht verzenden',
    otherWays: 'Andere contactmogelijkheden',
  },
  problems: {
    required: (label) => `${label}: vul dit in.`,
    'too-short': (label, limit) => `${label}: schrijf minstens ${limit} tekens.`,
    'too-long': (label, limit) => `${label}: kort dit in tot ${limit} tekens.`,
    invalid: (label) => `${label}: controleer dit.`,
    'not-allowed': (label) => `${label}: laat dit leeg.`,
    unknown: (label) => `${label}: niet meer te vinden.`,
    'too-many': (label, limit) => `${label}: maximaal ${limit}.`,
    'too-large': (label, limit) => `${label}: maximaal ${limit}.`,
    'not-finished': (label) => `${label}: nog niet alles is aangekomen.`,
  },
  problemContact: 'Kies voor wie uw bericht is.',
  problemEmail: 'E-mailadres: schrijf het zoals naam@example.com.',
  files: {
    wrongType: (name) => `${name}: de winkel accepteert dit soort bestanden niet.`,
    tooLarge: (name, limit) => `${name}: groter dan ${limit}. Kies een kleiner bestand.`,
    chooseAgain: (names) => `Browsers onthouden gekozen bestanden niet. Kies ze opnieuw om ze te verzenden: ${names}.`,
  },
  summary: (count, shown) => plural('nl', count, { one: 'Eén punt klopt nog niet', other: `${shown} punten kloppen nog niet` }),
  notSent: 'Uw bericht is niet verzonden',
  kept: 'Alles wat u schreef, staat hieronder in het formulier.',
  notKept: 'Wat u schreef, staat nog op de vorige pagina: ga er met uw browser naar terug.',
  errors: {
    sendFromHere: 'De pagina waar u vandaan komt, zegt ons niet bij welke winkel ze hoort. Controleer uw bericht en verzend het van hier.',
    notAllowed: 'De winkel ontvangt geen berichten van de pagina waar u vandaan komt.',
    looksAutomated:
      'Ons spamfilter zag dit aan voor een bericht van een robot. Verzend het nog eens, of neem op een andere manier contact op.',
    noDesk: 'Dit formulier hoort niet bij een winkel.',
    tooLarge: 'Dit is meer dan de winkel in één keer accepteert. Maak uw bericht korter, of verzend minder of kleinere bestanden.',
    broken: 'Uw bericht is niet volledig aangekomen. Verzend het nog eens.',
    tooMany: (wait) => `Te veel berichten in korte tijd. Probeer het over ${wait} opnieuw.`,
    linkWaits:
      'Wij hebben al een link naar dit adres gestuurd, die nog niet is gebruikt. Zoek die e-mail op en open eerst die link; daarna kunt u ook dit bericht verzenden.',
    busy: 'De winkel kan nu geen berichten ontvangen. Probeer het straks opnieuw.',
    internal: 'Er ging bij ons iets mis. Probeer het opnieuw.',
  },
  held: {
    title: 'Kijk in uw mailbox',
    sent: (email) => `Wij hebben een e-mail gestuurd naar ${email}.`,
    what: 'Open de link daarin en bevestig uw bericht. Pas dan ontvangen wij het en krijgt u er een nummer voor.',
    until: (time) => `De link werkt tot ${time}. Daarna wordt uw bericht gewist.`,
    notArrived:
      'Na een paar minuten nog geen e-mail? Kijk bij de ongewenste e-mail en controleer het adres hierboven. Klopt het niet, ga dan terug en verzend het bericht nog eens.',
  },
  confirm: {
    title: 'Is dit bericht van u?',
    ask: (desk, time) => `Met uw adres is een bericht aan ${desk} geschreven: ${time}.`,
    hint: 'Het wordt bezorgd zodra u het bevestigt. Hebt u het niet geschreven, wis het dan of doe niets.',
    confirm: 'Ja, bericht bezorgen',
    discard: 'Nee, wissen',
  },
  filed: {
    title: 'Wij hebben uw bericht ontvangen',
    number: 'Het nummer van uw vraag',
    keep: 'Noteer dit nummer. Het helpt ons uw bericht te vinden als u weer contact opneemt.',
    contact: (name) => `Verzonden aan: ${name}.`,
    due: (time) => `U krijgt antwoord, uiterlijk ${time}.`,
    mailQueued: 'Een e-mail met dit nummer is naar u onderweg.',
    mailWithheld: 'Er komt deze keer geen e-mail met dit nummer.',
  },
  discarded: { title: 'Het bericht is gewist', text: 'Niemand heeft het gelezen.' },
  gone: {
    title: 'Deze link werkt niet meer',
    text: 'Het bericht is gewist, of de link is ouder dan een dag. Schrijf ons opnieuw. Hebt u de link gekopieerd, controleer dan of hij volledig is.',
  },
  refused: {
    title: 'Dit bericht kan niet meer worden bezorgd',
    text: 'De winkel heeft intussen gewijzigd wat zij accepteert. Schrijf ons opnieuw.',
  },
  writeAgain: 'Bericht schrijven',
};

export const nl: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
