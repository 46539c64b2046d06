import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Ticket ${number} presso ${desk}`,
    greeting: 'Buongiorno,',
    received: (contact, desk) => `il messaggio per ${desk} (${contact}) è arrivato.`,
    number: (number) => `Il numero del ticket è ${number}. Indicarlo in ogni altro contatto su questo argomento.`,
    due: (time) => `Risponderemo entro ${time}.`,
    follow: 'Il ticket si può seguire qui. Da un altro dispositivo, accedere con questo indirizzo:',
    notYou: 'Se il messaggio è di qualcun altro, questo indirizzo è stato scritto per errore: non occorre fare nulla.',
    otherWays: 'Altri contatti:',
    automatic: 'Questa e-mail è stata inviata automaticamente.',
  },
  answer: {
    subject: (number, desk) => `Risposta al ticket ${number} presso ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) ha risposto al ticket ${number}.`,
    read: 'La risposta si legge qui:',
    readAndReply: 'Per leggere tutto e rispondere:',
  },
  closed: {
    subject: (number, desk) => `Il ticket ${number} presso ${desk} è chiuso`,
    closed: (number, desk) => `il ticket ${number} presso ${desk} è stato chiuso.`,
    reopen: (time) => `Resta qualcosa in sospeso? Si può riaprire fino a ${time}.`,
    read: 'Si trova qui:',
  },
  signIn: {
    subject: (desk) => `Accesso a ${desk}`,
    open: (desk) => `Questo link mostra i ticket presso ${desk}:`,
    short: 'Vale una volta sola, entro dieci minuti. Va aperto nel browser in cui è stato chiesto.',
    notYou: 'Se lo ha chiesto qualcun altro, non occorre fare nulla; non va inoltrato a nessuno: chi ha il link può leggere i ticket.',
  },
  held: {
    subject: (desk) => `Confermare il messaggio a ${desk}`,
    confirm: (desk) => `qualcuno ha scritto a ${desk} indicando questo indirizzo. Per confermare il messaggio, aprire questa pagina:`,
    until: (time) => `Prima di allora nessuno lo legge. Si conserva fino a ${time}, poi viene eliminato.`,
    notYou: 'Se il messaggio è di qualcun altro, non occorre fare nulla; oppure lo si può eliminare nella stessa pagina.',
  },
  notification: {
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
    `Questa è la riga ${seq} dell’elenco di chi ha fatto cosa, e il suo controllo è ${check}: con questa e-mail si potrà vedere in seguito se l’elenco è stato accorciato o riscritto.`,
  'access-asked': {
    subject: (number, desk) => `${desk} chiede un accesso temporaneo (${number})`,
    happened: (number, desk, time) =>
      `un operatore di ${desk} chiede un accesso temporaneo al negozio per lavorare al ticket ${number}: ${time}.`,
    hint: 'Non inviare password per e-mail o in un messaggio. A questo link i dati inseriti vengono cifrati sul dispositivo, e la durata della loro leggibilità è a scelta:',
    follow: 'Chi lo chiede e perché, per rispondere o rifiutare:',
  },
  'access-opened': {
    subject: (number) => `L’accesso è stato aperto (${number})`,
    happened: (number, desk, time) => `un operatore di ${desk} ha aperto l’accesso concesso per il ticket ${number}: ${time}.`,
    hint: '',
    follow: 'Chi è stato e perché, o eliminarlo subito:',
  },
  'access-ended': {
    subject: (number) => `L’accesso è stato eliminato (${number})`,
    happened: (number, desk, time) => `l’accesso concesso a ${desk} per il ticket ${number} è stato eliminato dai nostri sistemi: ${time}.`,
    hint: 'Ora va chiusa anche la porta nel negozio: eliminare l’account, cambiare la password o togliere la chiave.',
    follow: 'Che cosa resta da fare:',
  },
  'access-reminder': {
    subject: (number) => `La porta è chiusa? (${number})`,
    happened: (number, desk, time) =>
      `l’accesso concesso a ${desk} per il ticket ${number} è terminato: ${time}. Nel negozio resta qualcosa da fare.`,
    hint: 'Finché non si elimina l’account, si cambia la password o si toglie la chiave, lì l’accesso funziona ancora.',
    follow: 'Che cosa resta da fare:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Un cliente offre un accesso (${desk})`,
    happened: (number, desk, time) => `il cliente del ticket ${number} (${desk}) offre un accesso temporaneo: ${time}.`,
    hint: 'Accettarlo o rifiutarlo nella posta in arrivo. Prima non si può inserire nulla.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Invia un messaggio',
    intro: 'Dopo l’invio arriva un’e-mail con un link. Leggiamo il messaggio non appena viene confermato.',
    contact: 'Destinatario',
    choose: 'Scegliere',
    preSale: 'Domanda prima dell’acquisto',
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
    leaveEmpty: 'Lasciare vuoto questo campo',
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
  problemContact: 'Scegliere un destinatario.',
  problemEmail: 'E-mail: scrivere un indirizzo come nome@esempio.it.',
  files: {
    wrongType: (name) => `${name}: il negozio non accetta questo tipo di file.`,
    tooLarge: (name, limit) => `${name}: supera ${limit}. Scegliere un file più piccolo.`,
    chooseAgain: (names) => `I browser non conservano i file scelti. Per inviarli, sceglierli di nuovo: ${names}.`,
  },
  summary: (count, shown) => plural('it', count, { one: 'Un dato da correggere', other: `${shown} dati da correggere` }),
  notSent: 'Il messaggio non è stato inviato',
  kept: 'Tutto il testo scritto si trova nel modulo qui sotto.',
  notKept: 'Il testo è ancora nella pagina precedente: vi si torna con il browser.',
  errors: {
    sendFromHere: 'La pagina di provenienza non indica a quale negozio appartiene. Verificare il messaggio e inviarlo da qui.',
    notAllowed: 'Il negozio non riceve messaggi dalla pagina di provenienza.',
    looksAutomated:
      'Il nostro filtro ha scambiato il messaggio per quello di un robot. Inviarlo ancora una volta o usare un altro contatto.',
    noDesk: 'Questo modulo non è collegato a nessun negozio.',
    tooLarge: 'È più di quanto il negozio accetti in una volta. Abbreviare il testo, o inviare meno file o file più piccoli.',
    broken: 'Il messaggio non è arrivato intero. Inviarlo ancora una volta.',
    tooMany: (wait) => `Troppi messaggi in poco tempo. Riprovare tra ${wait}.`,
    linkWaits:
      'A questo indirizzo abbiamo già inviato un link, non ancora usato. Cercare quell’e-mail e aprirne prima il link; poi si potrà inviare anche questo messaggio.',
    busy: 'Al momento il negozio non può ricevere messaggi. Riprovare un po’ più tardi.',
    internal: 'Si è verificato un problema da parte nostra. Riprovare.',
  },
  held: {
    title: 'Controllare la posta',
    sent: (email) => `Abbiamo inviato un’e-mail a ${email}.`,
    what: 'Aprire il link che contiene e confermare il messaggio. Solo allora lo riceviamo e gli viene assegnato un numero.',
    until: (time) => `Il link vale fino a ${time}. Poi il messaggio viene eliminato.`,
    notArrived:
      'Nessuna e-mail entro qualche minuto? Guardare nella posta indesiderata e verificare l’indirizzo qui sopra. Se è sbagliato, tornare indietro e inviare di nuovo il messaggio.',
  },
  confirm: {
    title: 'Confermare questo messaggio?',
    ask: (desk, time) => `Con questo indirizzo è stato scritto un messaggio a ${desk}: ${time}.`,
    hint: 'Viene consegnato una volta confermato. Se lo ha scritto qualcun altro, eliminarlo o non fare nulla.',
    confirm: 'Sì, consegna il messaggio',
    discard: 'No, elimina',
  },
  filed: {
    title: 'Messaggio ricevuto',
    number: 'Numero del ticket',
    keep: 'Annotare questo numero: ci aiuta a ritrovare il messaggio in un prossimo contatto.',
    contact: (name) => `Destinatario: ${name}.`,
    due: (time) => `Risponderemo entro ${time}.`,
    mailQueued: 'Un’e-mail con questo numero è in arrivo.',
    mailWithheld: 'Questa volta non arriva un’e-mail con questo numero.',
  },
  discarded: { title: 'Il messaggio è stato eliminato', text: 'Nessuno lo ha letto.' },
  gone: {
    title: 'Questo link non funziona più',
    text: 'Il messaggio è stato eliminato, o il link ha più di un giorno. Si può scrivere di nuovo. Se il link è stato copiato, verificare che sia completo.',
  },
  refused: {
    title: 'Questo messaggio non può più essere consegnato',
    text: 'Da quando è stato scritto, il negozio ha cambiato ciò che accetta. Si può scrivere di nuovo.',
  },
  writeAgain: 'Scrivi un messaggio',
};

export const it: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
