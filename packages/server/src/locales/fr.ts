import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Votre demande ${number} auprès de ${desk}`,
    greeting: 'Bonjour,',
    received: (contact, desk) => `Votre message est bien arrivé chez ${desk} (${contact}).`,
    number: (number) => `Votre numéro de demande est ${number}. Merci de l’indiquer si vous nous recontactez à ce sujet.`,
    due: (time) => `Vous recevrez une réponse au plus tard le ${time}.`,
    follow: 'Vous pouvez suivre votre demande ici. Depuis un autre appareil, connectez-vous avec cette adresse :',
    notYou: 'Vous ne nous avez pas écrit ? Quelqu’un a saisi votre adresse par erreur ; vous n’avez rien à faire.',
    otherWays: 'Autres moyens de nous joindre :',
    automatic: 'Ce message a été envoyé automatiquement.',
  },
  answer: {
    subject: (number, desk) => `Réponse à votre demande ${number} auprès de ${desk}`,
    answered: (number, contact, desk) => `${desk} (${contact}) a répondu à votre demande ${number}.`,
    read: 'Lisez la réponse ici :',
    readAndReply: 'Tout lire et répondre ici :',
  },
  closed: {
    subject: (number, desk) => `Votre demande ${number} auprès de ${desk} est clôturée`,
    closed: (number, desk) => `Votre demande ${number} auprès de ${desk} a été clôturée.`,
    reopen: (time) => `Il reste une question ? Vous pouvez la rouvrir jusqu’au ${time}.`,
    read: 'Vous la trouverez ici :',
  },
  signIn: {
    subject: (desk) => `Connexion à ${desk}`,
    open: (desk) => `Ce lien affiche vos demandes auprès de ${desk} :`,
    short: 'Il sert une seule fois, dans les dix minutes. Ouvrez-le dans le navigateur où vous l’avez demandé.',
    notYou: 'Vous n’avez rien demandé ? Ne faites rien et ne transmettez ce lien à personne : il donne accès à vos demandes.',
  },
  held: {
    subject: (desk) => `Confirmez votre message à ${desk}`,
    confirm: (desk) =>
      `Quelqu’un a écrit à ${desk} en donnant cette adresse. Si c’est vous, ouvrez cette page et confirmez votre message :`,
    until: (time) => `Personne ne le lit avant. Il est conservé jusqu’au ${time}, puis supprimé.`,
    notYou: 'Ce n’est pas vous ? Vous n’avez rien à faire ; vous pouvez aussi supprimer le message sur cette page.',
  },
  notification: {
    labelled: (label) => `${label} :`,
    preSale: 'avant-vente',
    labels: {
      number: 'Ticket',
      contact: 'Contact',
      from: 'De',
      orderReference: 'Commande',
      received: 'Reçu le',
      due: 'À répondre avant le',
      language: 'Langue',
      subject: 'Objet',
      files: 'Fichiers',
    },
    filesNotAttached: 'trop volumineux pour un e-mail, conservé sur le serveur',
    reply: 'Une réponse à ce message part au client. Son adresse est celle qu’il a saisie ; elle n’est pas vérifiée.',
    notKept: 'Ce message et ses fichiers ne sont pas conservés sur le serveur : cet e-mail en est la seule copie.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] est pour vous (${desk})`,
    assigned: (number, contact, desk) => `Le ticket ${number} de ${contact} (${desk}) vous a été confié.`,
    comment: 'Commentaire :',
    where: 'Ce que le client a écrit se trouve dans la boîte de réception, pas dans ce message.',
  },
  bytes: (count) => sizeIn('fr', count, ['octets', 'ko', 'Mo']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Voici la ligne ${seq} de la liste « Qui a fait quoi », et son code de contrôle est ${check} : ce message vous permettra de vérifier que la liste n’a été ni raccourcie ni réécrite.`,
  'access-asked': {
    subject: (number, desk) => `${desk} demande un accès temporaire (${number})`,
    happened: (number, desk, time) =>
      `Un agent de ${desk} demande un accès temporaire à votre boutique pour traiter votre demande ${number} : ${time}.`,
    hint: 'N’envoyez aucun mot de passe par e-mail ou message. Par ce lien, votre saisie est chiffrée sur votre appareil et vous choisissez combien de temps elle reste lisible.',
    follow: 'Voir qui demande et pourquoi, répondre ou refuser :',
  },
  'access-opened': {
    subject: (number) => `Votre accès a été consulté (${number})`,
    happened: (number, desk, time) => `Un agent de ${desk} a consulté l’accès prêté pour votre demande ${number} : ${time}.`,
    hint: '',
    follow: 'Voir qui et pourquoi, ou le supprimer :',
  },
  'access-ended': {
    subject: (number) => `Votre accès a été supprimé (${number})`,
    happened: (number, desk, time) => `L’accès prêté à ${desk} pour votre demande ${number} a été supprimé chez nous : ${time}.`,
    hint: 'Fermez aussi la porte dans votre boutique : supprimez le compte, changez le mot de passe ou retirez la clé.',
    follow: 'Ce qu’il reste à faire :',
  },
  'access-reminder': {
    subject: (number) => `La porte est-elle fermée ? (${number})`,
    happened: (number, desk, time) =>
      `L’accès prêté à ${desk} pour votre demande ${number} a pris fin : ${time}. Il reste quelque chose à faire dans votre boutique.`,
    hint: 'Tant que le compte, le mot de passe ou la clé restent les mêmes, l’accès y fonctionne encore.',
    follow: 'Ce qu’il reste à faire :',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Un client propose un accès (${desk})`,
    happened: (number, desk, time) => `Le client du ticket ${number} (${desk}) propose un accès temporaire : ${time}.`,
    hint: 'Acceptez ou refusez dans la boîte de réception. Rien ne peut être saisi avant.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Écrivez-nous',
    intro: 'Après l’envoi, vous recevez un e-mail avec un lien. Nous lisons votre message dès que vous l’avez confirmé.',
    contact: 'À qui écrire ?',
    choose: 'Choisissez',
    preSale: 'Question avant achat',
    preSaleHint: 'Sans numéro de commande.',
    name: 'Votre nom',
    email: 'E-mail',
    order: 'Numéro de commande',
    optional: 'facultatif',
    subject: 'Objet',
    message: 'Message',
    files: 'Fichiers',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Jusqu’à ${shown} fichiers de ${perFile} chacun, ${all} en tout.` : `Un fichier de ${perFile} au plus.`,
    leaveEmpty: 'Laissez ce champ vide',
    send: 'Envoyer',
    otherWays: 'Nous joindre autrement',
  },
  problems: {
    required: (label) => `${label} : à remplir.`,
    'too-short': (label, limit) => `${label} : ${limit} caractères au moins.`,
    'too-long': (label, limit) => `${label} : ${limit} caractères au plus.`,
    invalid: (label) => `${label} : à vérifier.`,
    'not-allowed': (label) => `${label} : à laisser vide.`,
    unknown: (label) => `${label} : introuvable.`,
    'too-many': (label, limit) => `${label} : ${limit} au plus.`,
    'too-large': (label, limit) => `${label} : ${limit} au plus.`,
    'not-finished': (label) => `${label} : tout n’est pas arrivé.`,
  },
  problemContact: 'Choisissez à qui vous écrivez.',
  problemEmail: 'E-mail : écrivez une adresse du type nom@exemple.fr.',
  files: {
    wrongType: (name) => `${name} : la boutique n’accepte pas ce type de fichier.`,
    tooLarge: (name, limit) => `${name} : plus de ${limit}. Choisissez un fichier plus petit.`,
    chooseAgain: (names) => `Les navigateurs ne gardent pas les fichiers choisis. Pour les envoyer, choisissez-les de nouveau : ${names}.`,
  },
  summary: (count, shown) => plural('fr', count, { one: `${shown} point à corriger`, other: `${shown} points à corriger` }),
  notSent: 'Votre message n’a pas été envoyé',
  kept: 'Tout ce que vous avez écrit se trouve dans le formulaire ci-dessous.',
  notKept: 'Votre texte est encore sur la page précédente : revenez-y avec votre navigateur.',
  errors: {
    sendFromHere: 'La page d’où vous venez ne nous dit pas à quelle boutique elle appartient. Relisez votre message et envoyez-le d’ici.',
    notAllowed: 'La boutique n’accepte pas de message depuis la page d’où vous venez.',
    looksAutomated:
      'Notre filtre a pris ce message pour celui d’un robot. Envoyez encore une fois votre message, ou joignez-nous autrement.',
    noDesk: 'Ce formulaire n’est relié à aucune boutique.',
    tooLarge:
      'C’est plus que ce que la boutique accepte en une fois. Raccourcissez le texte, ou envoyez des fichiers moins nombreux ou plus petits.',
    broken: 'Votre message n’est pas arrivé en entier. Envoyez-le encore une fois.',
    tooMany: (wait) => `Trop de messages en peu de temps. Réessayez dans ${wait}.`,
    linkWaits:
      'Nous avons déjà envoyé un lien à cette adresse, et il n’a pas encore servi. Retrouvez cet e-mail et ouvrez d’abord le lien qu’il contient ; vous pourrez ensuite envoyer aussi ce message.',
    busy: 'La boutique ne peut pas recevoir de message pour l’instant. Réessayez un peu plus tard.',
    internal: 'Un problème est survenu chez nous. Réessayez.',
  },
  held: {
    title: 'Consultez votre messagerie',
    sent: (email) => `Nous avons envoyé un e-mail à ${email}.`,
    what: 'Ouvrez le lien qu’il contient et confirmez votre message. Nous ne le recevons qu’à ce moment-là, et il obtient alors un numéro.',
    until: (time) => `Le lien fonctionne jusqu’au ${time}. Ensuite, votre message est supprimé.`,
    notArrived:
      'Aucun e-mail après quelques minutes ? Regardez parmi les indésirables et vérifiez l’adresse ci-dessus. Si elle est fausse, revenez en arrière et renvoyez le message.',
  },
  confirm: {
    title: 'Ce message est‑il de vous ?',
    ask: (desk, time) => `Un message à ${desk} a été écrit avec votre adresse : ${time}.`,
    hint: 'Il est transmis dès que vous le confirmez. Si vous ne l’avez pas écrit, supprimez-le ou ne faites rien.',
    confirm: 'Oui, transmettre mon message',
    discard: 'Non, le supprimer',
  },
  filed: {
    title: 'Votre message est arrivé',
    number: 'Votre numéro de demande',
    keep: 'Notez ce numéro : il nous aide à retrouver votre message si vous nous recontactez.',
    contact: (name) => `Destinataire : ${name}.`,
    due: (time) => `Vous aurez une réponse au plus tard le ${time}.`,
    mailQueued: 'Un e-mail avec ce numéro est en route.',
    mailWithheld: 'Cette fois, vous ne recevrez pas d’e-mail avec ce numéro.',
  },
  discarded: { title: 'Le message est supprimé', text: 'Personne ne l’a lu.' },
  gone: {
    title: 'Ce lien ne fonctionne plus',
    text: 'Le message a été supprimé, ou le lien a plus d’un jour. Écrivez-nous de nouveau. Si vous avez copié le lien, vérifiez qu’il est complet.',
  },
  refused: {
    title: 'Ce message ne peut plus être transmis',
    text: 'Entre-temps, la boutique a changé ce qu’elle accepte. Écrivez-nous de nouveau.',
  },
  writeAgain: 'Écrire un message',
};

export const fr: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
