import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Il tuo ticket ${number} presso ${desk}`,
    greeting: 'Buongiorno,',
    received: (contact, desk) => `il tuo messaggio è arrivato a ${desk} (${contact}).`,
    number: (number) => `Il numero del tuo ticket è ${number}. Indicalo se ci scrivi di nuovo su questo argomento.`,
    due: (time) => `Risponderemo entro ${time}.`,
    follow: 'Puoi seguirlo qui. Da un altro dispositivo, accedi con questo indirizzo:',
    notYou: 'Non ci hai scritto tu? Allora qualcuno ha indicato il tuo indirizzo per errore: non devi fare nulla.',
    otherWays: 'Altri contatti:',
    automatic: 'Questa e-mail è stata inviata automaticamente.',
  },
  answer: {
    subject: (number, desk) => `Risposta al tuo ticket ${number} presso ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) ha risposto al tuo ticket ${number}.`,
    read: 'Leggi la risposta qui:',
    readAndReply: 'Leggi tutto e rispondi qui:',
  },
  closed: {
    subject: (number, desk) => `Il tuo ticket ${number} presso ${desk} è chiuso`,
    closed: (number, desk) => `il tuo ticket ${number} presso ${desk} è stato chiuso.`,
    reopen: (time) => `Resta qualcosa in sospeso? Puoi riaprirlo fino a ${time}.`,
    read: 'Lo trovi qui:',
  },
  signIn: {
    subject: (desk) => `Accesso a ${desk}`,
    open: (desk) => `questo link mostra i tuoi ticket presso ${desk}:`,
    short: 'Vale una volta sola, entro dieci minuti. Aprilo nel browser in cui l’hai chiesto.',
    notYou: 'Non l’hai chiesto tu? Allora non fare nulla e non inoltrarlo a nessuno: chi ha il link può leggere i tuoi ticket.',
  },
  held: {
    subject: (desk) => `Conferma il tuo messaggio a ${desk}`,
    confirm: (desk) =>
      `qualcuno ha scritto a ${desk} indicando questo indirizzo. Sei tu? Allora apri questa pagina e conferma il tuo messaggio:`,
    until: (time) => `Prima di allora nessuno lo legge. Viene conservato fino a ${time}, poi eliminato.`,
    notYou: 'Non sei tu? Allora non devi fare nulla; oppure puoi eliminare il messaggio nella stessa pagina.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'prima dell’acquisto',
    labels: {
      number: 'Ticket',
      contact: 'Contatto',
      from: 'Da',
      orderReference: 'Ordine',
      received: 'Ricevuto',
      due: 'Risposta entro',
      language: 'Lingua',
      subject: 'Oggetto',
      files: 'File',
    },
    filesNotAttached: 'troppo grande per un’e-mail, conservato sul server',
    reply: 'La risposta a questa e-mail va al cliente. L’indirizzo è quello che ha scritto e non è verificato.',
    notKept: 'Questo messaggio e i suoi file non restano sul server: questa e-mail è l’unica copia.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] Nuovo incarico (${desk})`,
    assigned: (number, contact, desk) => `Nuovo ticket assegnato: ${number} di ${contact} (${desk}).`,
    comment: 'Commento:',
    where: 'Il testo del cliente è nella posta in arrivo, non in questa e-mail.',
  },
  bytes: (count) => sizeIn('it', count, ['byte', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Questa è la riga ${seq} dell’elenco «Chi ha fatto cosa», e il suo codice di controllo è ${check}: con questa e-mail potrai verificare in seguito se l’elenco è stato accorciato o riscritto.`,
  'access-asked': {
    subject: (number, desk) => `${desk} chiede un accesso temporaneo (${number})`,
    happened: (number, desk, time) =>
      `un operatore di ${desk} chiede un accesso temporaneo al tuo negozio per lavorare al tuo ticket ${number}: ${time}.`,
    hint: 'Non inviare password per e-mail o in un messaggio. A questo link ciò che inserisci viene cifrato sul tuo dispositivo, e scegli tu per quanto tempo si può leggere.',
    follow: 'Guarda chi lo chiede e perché, rispondi o rifiuta:',
  },
  'access-opened': {
    subject: (number) => `Il tuo accesso è stato aperto (${number})`,
    happened: (number, desk, time) => `un operatore di ${desk} ha aperto l’accesso che hai concesso per il tuo ticket ${number}: ${time}.`,
    hint: '',
    follow: 'Guarda chi è stato e perché, o eliminalo subito:',
  },
  'access-ended': {
    subject: (number) => `Il tuo accesso è stato eliminato (${number})`,
    happened: (number, desk, time) =>
      `l’accesso che hai concesso a ${desk} per il tuo ticket ${number} è stato eliminato dai nostri sistemi: ${time}.`,
    hint: 'Ora chiudi anche la porta nel tuo negozio: elimina l’account, cambia la password o togli la chiave.',
    follow: 'Che cosa resta da fare:',
  },
  'access-reminder': {
    subject: (number) => `La porta è chiusa? (${number})`,
    happened: (number, desk, time) =>
      `l’accesso che hai concesso a ${desk} per il tuo ticket ${number} è terminato: ${time}. Nel tuo negozio resta qualcosa da fare.`,
    hint: 'Finché non elimini l’account, cambi la password o togli la chiave, lì l’accesso funziona ancora.',
    follow: 'Che cosa resta da fare:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Un cliente offre un accesso (${desk})`,
    happened: (number, desk, time) => `il cliente del ticket ${number} (${desk}) offre un accesso temporaneo: ${time}.`,
    hint: 'Accettalo o rifiutalo nella posta in arrivo. Prima non si può inserire nulla.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Scrivici',
    intro: 'Dopo l’invio ricevi un’e-mail con un link. Leggiamo il tuo messaggio non appena lo confermi.',
    contact: 'A chi vuoi scrivere?',
    choose: 'Scegli',
    preSale: 'Ho una domanda prima dell’acquisto',
    preSaleHint: 'Senza numero d’ordine.',
    name: 'Nome',
    email: 'E-mail',
    order: 'Numero d’ordine',
    optional: 'facoltativo',
    subject: 'Oggetto',
    message: 'Messaggio',
    files: 'File',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Fino a ${shown} file, ${perFile} ciascuno, ${all} in tutto.` : `Un file di ${perFile} al massimo.`,
    leaveEmpty: 'Lascia vuoto questo campo',
    send: 'Invia messaggio',
    otherWays: 'Altri contatti',
  },
  problems: {
    required: (label) => `${label}: campo obbligatorio.`,
    'too-short': (label, limit) => `${label}: almeno ${limit} caratteri.`,
    'too-long': (label, limit) => `${label}: al massimo ${limit} caratteri.`,
    invalid: (label) => `${label}: dato da verificare.`,
    'not-allowed': (label) => `${label}: campo da lasciare vuoto.`,
    unknown: (label) => `${label}: non è più disponibile.`,
    'too-many': (label, limit) => `${label}: al massimo ${limit}.`,
    'too-large': (label, limit) => `${label}: al massimo ${limit}.`,
    'not-finished': (label) => `${label}: non tutto è arrivato.`,
  },
  problemContact: 'Scegli a chi scrivere.',
  problemEmail: 'E-mail: scrivi un indirizzo come nome@esempio.it.',
  files: {
    wrongType: (name) => `${name}: il negozio non accetta questo tipo di file.`,
    tooLarge: (name, limit) => `${name}: supera ${limit}. Scegli un file più piccolo.`,
    chooseAgain: (names) => `I browser non conservano i file scelti. Per inviarli, sceglili di nuovo: ${names}.`,
  },
  summary: (count, shown) => plural('it', count, { one: 'Un dato da correggere', other: `${shown} dati da correggere` }),
  notSent: 'Il tuo messaggio non è stato inviato',
  kept: 'Tutto ciò che hai scritto si trova nel modulo qui sotto.',
  notKept: 'Ciò che hai scritto è ancora nella pagina precedente: tornaci con il tuo browser.',
  errors: {
    sendFromHere: 'La pagina da cui vieni non indica a quale negozio appartiene. Controlla il tuo messaggio e invialo da qui.',
    notAllowed: 'Il negozio non riceve messaggi dalla pagina da cui vieni.',
    looksAutomated: 'Il nostro filtro ha scambiato il messaggio per quello di un robot. Invialo ancora una volta o usa un altro contatto.',
    noDesk: 'Questo modulo non è collegato a nessun negozio.',
    tooLarge: 'È più di quanto il negozio accetta in una volta. Abbrevia il testo, o invia meno file o file più piccoli.',
    broken: 'Il tuo messaggio non è arrivato intero. Invialo ancora una volta.',
    tooMany: (wait) => `Troppi messaggi in poco tempo. Riprova tra ${wait}.`,
    linkWaits:
      'A questo indirizzo abbiamo già inviato un link, non ancora usato. Cerca quell’e-mail e apri prima il link che contiene; poi potrai inviare anche questo messaggio.',
    busy: 'Al momento il negozio non può ricevere messaggi. Riprova un po’ più tardi.',
    internal: 'Si è verificato un problema da parte nostra. Riprova.',
  },
  held: {
    title: 'Controlla la tua posta',
    sent: (email) => `Abbiamo inviato un’e-mail a ${email}.`,
    what: 'Apri il link che contiene e conferma il tuo messaggio. Solo allora lo riceviamo e gli viene assegnato un numero.',
    until: (time) => `Il link vale fino a ${time}. Poi il tuo messaggio viene eliminato.`,
    notArrived:
      'Nessuna e-mail dopo qualche minuto? Guarda nella posta indesiderata e controlla l’indirizzo qui sopra. Se è sbagliato, torna indietro e invia di nuovo il messaggio.',
  },
  confirm: {
    title: 'È tuo questo messaggio?',
    ask: (desk, time) => `Con il tuo indirizzo è stato scritto un messaggio a ${desk}: ${time}.`,
    hint: 'Viene consegnato quando lo confermi. Se non l’hai scritto tu, eliminalo o non fare nulla.',
    confirm: 'Sì, consegna il mio messaggio',
    discard: 'No, elimina',
  },
  filed: {
    title: 'Abbiamo ricevuto il tuo messaggio',
    number: 'Il numero del tuo ticket',
    keep: 'Annota questo numero: ci aiuta a ritrovare il tuo messaggio se ci scrivi di nuovo.',
    contact: (name) => `Destinatario: ${name}.`,
    due: (time) => `Risponderemo entro ${time}.`,
    mailQueued: 'Un’e-mail con questo numero è in arrivo.',
    mailWithheld: 'Questa volta non arriva un’e-mail con questo numero.',
  },
  discarded: { title: 'Il messaggio è stato eliminato', text: 'Nessuno lo ha letto.' },
  gone: {
    title: 'Questo link non funziona più',
    text: 'Il messaggio è stato eliminato, o il link ha più di un giorno. Scrivici di nuovo. Se hai copiato il link, controlla che sia completo.',
  },
  refused: {
    title: 'Questo messaggio non può più essere consegnato',
    text: 'Da quando l’hai scritto, il negozio ha cambiato ciò che accetta. Scrivici di nuovo.',
  },
  writeAgain: 'Scrivi un messaggio',
};

export const it: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
