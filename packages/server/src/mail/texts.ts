/** Every sentence of a mail. A new language is one more entry of `MAIL_TEXTS`; the type names what it needs. */
export interface MailTexts {
  /** To whoever asked. Nothing a sender has typed may enter these. */
  confirmation: {
    subject(number: string, desk: string): string;
    greeting: string;
    received(contact: string, desk: string): string;
    number(number: string): string;
    due(time: string): string;
    follow: string;
    notYou: string;
    otherWays: string;
    automatic: string;
  };
  /** To the requester, who may be somebody whose address was typed by mistake. */
  answer: {
    subject(number: string, desk: string): string;
    answered(number: string, contact: string, desk: string): string;
    read: string;
    readAndReply: string;
  };
  closed: {
    subject(number: string, desk: string): string;
    closed(number: string, desk: string): string;
    reopen(time: string): string;
    read: string;
  };
  signIn: {
    subject(desk: string): string;
    open(desk: string): string;
    short: string;
    notYou: string;
  };
  /** To the contact. */
  notification: {
    preSale: string;
    labels: {
      number: string;
      contact: string;
      from: string;
      orderReference: string;
      received: string;
      due: string;
      language: string;
      subject: string;
      files: string;
    };
    filesNotAttached: string;
    reply: string;
    notKept: string;
  };
  /** To whom a ticket is given. Nothing a requester has typed may enter these. */
  assignment: {
    subject(number: string, desk: string): string;
    assigned(number: string, contact: string, desk: string): string;
    comment: string;
    where: string;
  };
  bytes(count: number): string;
}

const en: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Your request ${number} to ${desk}`,
    greeting: 'Hello,',
    received: (contact, desk) => `your request has reached ${contact} at ${desk}.`,
    number: (number) => `Its number is ${number}. Please name it when you contact us about this request.`,
    due: (time) => `You can expect an answer by ${time}.`,
    follow: 'You can follow it here. On another device than the one you wrote from, sign in with this address:',
    notYou: 'You did not write to us? Then somebody typed your address by mistake. You need not do anything.',
    otherWays: 'Other ways to reach us:',
    automatic: 'This mail was sent automatically.',
  },
  answer: {
    subject: (number, desk) => `Answer to your request ${number} to ${desk}`,
    answered: (number, contact, desk) => `${contact} at ${desk} has answered your request ${number}.`,
    read: 'Read the answer here:',
    readAndReply: 'Read all of it and reply here:',
  },
  closed: {
    subject: (number, desk) => `Your request ${number} to ${desk} is closed`,
    closed: (number, desk) => `your request ${number} to ${desk} has been closed.`,
    reopen: (time) => `Is something still open? You can reopen it until ${time}.`,
    read: 'You find it here:',
  },
  signIn: {
    subject: (desk) => `Sign in at ${desk}`,
    open: (desk) => `This link shows you your requests to ${desk}:`,
    short: 'It works once, within ten minutes. Please open it in the browser in which you asked for it.',
    notYou: 'You did not ask for it? Then do nothing, and pass it on to nobody: whoever has the link can read your requests.',
  },
  notification: {
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

const fr: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Votre demande ${number} à ${desk}`,
    greeting: 'Bonjour,',
    received: (contact, desk) => `votre demande est bien arrivée chez ${desk} (${contact}).`,
    number: (number) => `Son numéro est ${number}. Merci de l’indiquer si vous nous recontactez à ce sujet.`,
    due: (time) => `Vous recevrez une réponse au plus tard le ${time}.`,
    follow: 'Vous pouvez la suivre ici. Depuis un autre appareil, connectez-vous avec cette adresse :',
    notYou: 'Vous ne nous avez pas écrit ? Quelqu’un a saisi votre adresse par erreur ; vous n’avez rien à faire.',
    otherWays: 'Autres moyens de nous joindre :',
    automatic: 'Ce message a été envoyé automatiquement.',
  },
  answer: {
    subject: (number, desk) => `Réponse à votre demande ${number} à ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) a répondu à votre demande ${number}.`,
    read: 'Lisez la réponse ici :',
    readAndReply: 'Tout lire et répondre ici :',
  },
  closed: {
    subject: (number, desk) => `Votre demande ${number} à ${desk} est close`,
    closed: (number, desk) => `votre demande ${number} à ${desk} a été close.`,
    reopen: (time) => `Il reste une question ? Vous pouvez la rouvrir jusqu’au ${time}.`,
    read: 'Vous la trouvez ici :',
  },
  signIn: {
    subject: (desk) => `Connexion à ${desk}`,
    open: (desk) => `Ce lien affiche vos demandes à ${desk} :`,
    short: 'Il sert une seule fois, dans les dix minutes. Ouvrez-le dans le navigateur où vous l’avez demandé.',
    notYou: 'Vous n’avez rien demandé ? Ne faites rien et ne transmettez ce lien à personne : il donne accès à vos demandes.',
  },
  notification: {
    preSale: 'avant-vente',
    labels: {
      number: 'Demande',
      contact: 'Contact',
      from: 'De',
      orderReference: 'Commande',
      received: 'Reçue le',
      due: 'Réponse due le',
      language: 'Langue',
      subject: 'Objet',
      files: 'Fichiers',
    },
    filesNotAttached: 'trop volumineux pour un courriel, conservé sur le serveur',
    reply: 'Répondre à ce message écrit au client. Son adresse est celle qu’il a saisie ; elle n’est pas vérifiée.',
    notKept: 'Ce message et ses fichiers ne sont pas conservés sur le serveur : ce courriel en est la seule copie.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] est pour vous (${desk})`,
    assigned: (number, contact, desk) => `La demande ${number} de ${contact} (${desk}) vous a été confiée.`,
    comment: 'Commentaire :',
    where: 'Ce que le client a écrit se trouve dans la boîte de réception, pas dans ce message.',
  },
  bytes: (count) => sizeIn('fr', count, ['octets', 'ko', 'Mo']),
};

/** By base language. */
export const MAIL_TEXTS: { [language: string]: MailTexts } = { en, fr };

/** The first of the wanted languages there is a mail in; English otherwise. */
export function mailLanguage(...wanted: string[]): string {
  return wanted.map((tag) => (tag.split('-', 1)[0] ?? '').toLowerCase()).find((language) => Object.hasOwn(MAIL_TEXTS, language)) ?? 'en';
}

/** An instant for people, with the zone it is told in. */
export function timeIn(language: string, millis: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return `${format.format(millis)} (${timeZone})`;
}

function sizeIn(language: string, count: number, [bytes, kilo, mega]: [string, string, string]): string {
  const [value, unit] = count < 1_000 ? [count, bytes] : count < 1_000_000 ? [count / 1_000, kilo] : [count / 1_000_000, mega];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
