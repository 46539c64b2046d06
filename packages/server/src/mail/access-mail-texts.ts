import type { AccessMailKind } from '../store/schema.js';

/** Sentences of one mail. */
interface AccessMailText {
  subject(number: string, desk: string): string;
  happened(number: string, desk: string, time: string): string;
  /** Empty: none. */
  hint: string;
  /** What the link below it is for. */
  follow: string;
}

/** Sentences of the mails about lent access, in one language. */
export type AccessMailTexts = { [kind in AccessMailKind]: AccessMailText } & {
  /** Where in the audit this stands: what the list is held against later. */
  line(seq: number, check: string): string;
};

const en: AccessMailTexts = {
  line: (seq, check) =>
    `This is line ${seq} of the list of who did what, and its check is ${check}: with this mail you can tell later whether the list was shortened or rewritten.`,
  'access-asked': {
    subject: (number, desk) => `${desk} asks for temporary access (${number})`,
    happened: (number, desk, time) =>
      `an agent of ${desk} asks for temporary access to your shop, to work on your request ${number}: ${time}.`,
    hint: 'Please send no passwords by mail or message. Behind this link what you enter is encrypted on your device, and you choose for how long it can be read:',
    follow: 'See who asks and why, answer or decline:',
  },
  'access-opened': {
    subject: (number) => `Your access was opened (${number})`,
    happened: (number, desk, time) => `an agent of ${desk} has opened access that you lent for your request ${number}: ${time}.`,
    hint: '',
    follow: 'See who it was and why, or delete it now:',
  },
  'access-ended': {
    subject: (number) => `Your access has been deleted (${number})`,
    happened: (number, desk, time) => `access that you lent to ${desk} for your request ${number} has been deleted on our side: ${time}.`,
    hint: 'Now close the door in your shop, too: delete the account, change the password or remove the key.',
    follow: 'The list of what is left to do:',
  },
  'access-reminder': {
    subject: (number) => `Is the door closed? (${number})`,
    happened: (number, desk, time) =>
      `access that you lent to ${desk} for your request ${number} has ended: ${time}. Something is left to do in your shop.`,
    hint: 'Until you delete the account, change the password or remove the key, it still works there.',
    follow: 'The list of what is left to do:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] A customer offers access (${desk})`,
    happened: (number, desk, time) => `the customer of ticket ${number} at ${desk} offers temporary access: ${time}.`,
    hint: 'Accept or decline it in the inbox. Nothing can be entered before.',
    follow: '',
  },
};

const fr: AccessMailTexts = {
  line: (seq, check) =>
    `C’est la ligne ${seq} de la liste de qui a fait quoi, et son contrôle est ${check} : ce message vous permet de voir plus tard si la liste a été raccourcie ou réécrite.`,
  'access-asked': {
    subject: (number, desk) => `${desk} demande un accès temporaire (${number})`,
    happened: (number, desk, time) =>
      `un agent de ${desk} demande un accès temporaire à votre boutique pour traiter votre demande ${number} : ${time}.`,
    hint: 'N’envoyez aucun mot de passe par courriel ou message. Derrière ce lien, votre saisie est chiffrée sur votre appareil et vous choisissez combien de temps elle reste lisible :',
    follow: 'Voir qui demande et pourquoi, répondre ou refuser :',
  },
  'access-opened': {
    subject: (number) => `Votre accès a été consulté (${number})`,
    happened: (number, desk, time) => `un agent de ${desk} a consulté l’accès prêté pour votre demande ${number} : ${time}.`,
    hint: '',
    follow: 'Voir qui et pourquoi, ou le supprimer :',
  },
  'access-ended': {
    subject: (number) => `Votre accès a été supprimé (${number})`,
    happened: (number, desk, time) => `l’accès prêté à ${desk} pour votre demande ${number} a été supprimé chez nous : ${time}.`,
    hint: 'Fermez aussi la porte dans votre boutique : supprimez le compte, changez le mot de passe ou retirez la clé.',
    follow: 'Ce qu’il reste à faire :',
  },
  'access-reminder': {
    subject: (number) => `La porte est-elle fermée ? (${number})`,
    happened: (number, desk, time) =>
      `l’accès prêté à ${desk} pour votre demande ${number} a pris fin : ${time}. Il reste quelque chose à faire dans votre boutique.`,
    hint: 'Tant que le compte, le mot de passe ou la clé restent les mêmes, l’accès y fonctionne encore.',
    follow: 'Ce qu’il reste à faire :',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Un client propose un accès (${desk})`,
    happened: (number, desk, time) => `le client de la demande ${number} (${desk}) propose un accès temporaire : ${time}.`,
    hint: 'Acceptez ou refusez dans la boîte de réception. Rien ne peut être saisi avant.',
    follow: '',
  },
};

/** By base language. */
export const ACCESS_MAIL_TEXTS: { [language: string]: AccessMailTexts } = { en, fr };
