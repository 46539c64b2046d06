import { plural } from '../base/format.js';
import type { FilesText, FormText, MessageText } from './en.js';

export const form: FormText = {
  heading: 'Écrivez-nous',
  contact: 'À qui souhaitez-vous écrire ?',
  choose: 'Choisissez',
  preSale: 'J’ai une question avant d’acheter',
  preSaleHint: 'Aucun numéro de commande ne vous sera demandé.',
  name: 'Votre nom',
  email: 'E-mail',
  order: 'Numéro de commande',
  optional: 'facultatif',
  subject: 'Objet',
  message: 'Message',
  files: 'Fichiers',
  chooseFiles: 'Choisir des fichiers',
  dropFiles: 'ou déposez-les, ou collez-les ici',
  send: 'Envoyer le message',
  sending: 'Envoi en cours…',
  otherWays: 'Autres moyens de nous joindre',
  launcher: 'Nous contacter',
  close: 'Fermer',
  unloaded: 'Une partie du formulaire n’a pas été chargée. Votre texte est conservé : merci de réessayer.',
};

const KEPT = 'Tout ce que vous avez écrit est conservé ici.';
const AGAIN = `${KEPT} Merci de réessayer.`;
const ANOTHER_WAY = `${KEPT} Merci de nous joindre par un autre moyen.`;
const REFUSED = `La boutique ne peut pas recevoir de message depuis cette page. ${ANOTHER_WAY}`;
const NO_SHOP = 'Ce formulaire n’est relié à aucune boutique. Merci de nous joindre par un autre moyen.';
const BROKE = `La boutique n’a pas répondu. ${AGAIN}`;
const OUR_SIDE = `Un problème est survenu chez nous. ${AGAIN}`;
const FILE_LOST = `Un fichier n’est pas arrivé entier. ${AGAIN}`;

const errors: MessageText['errors'] = {
  'invalid-request': REFUSED,
  'origin-not-allowed': REFUSED,
  'proof-rejected': `La vérification antirobot a expiré. ${AGAIN}`,
  'looks-automated': `Notre filtre a cru à un robot. ${AGAIN}`,
  'not-found': 'Numéro inconnu. Merci de le vérifier.',
  'desk-not-found': NO_SHOP,
  'method-not-allowed': REFUSED,
  conflict: OUR_SIDE,
  gone: FILE_LOST,
  'too-large': `C’est trop pour la boutique. ${KEPT} Merci de raccourcir ou de retirer un fichier.`,
  'type-not-allowed': `La boutique n’accepte pas ce type de fichier. ${KEPT} Merci de le retirer.`,
  'wrong-host': REFUSED,
  'invalid-fields': `Certaines réponses sont à revoir. ${KEPT}`,
  'idempotency-mismatch': `Nous avons une version précédente. ${KEPT} Vos modifications n’ont pas été envoyées.`,
  'rate-limited': `Trop de messages en peu de temps. ${KEPT} Merci de patienter un peu.`,
  'checksum-mismatch': FILE_LOST,
  internal: OUR_SIDE,
  unavailable: `La boutique ne peut pas recevoir de message pour l’instant. ${AGAIN}`,
  offline: `Vous êtes hors connexion. ${KEPT} Vous pourrez envoyer au retour de la connexion.`,
  network: BROKE,
  timeout: BROKE,
  aborted: `L’envoi a été interrompu. ${KEPT}`,
  'not-a-receipt': `Une mauvaise réponse est arrivée. ${KEPT} Vérifiez votre connexion, puis réessayez.`,
  misconfigured: NO_SHOP,
  'load-failed': `Une partie du formulaire manque. ${KEPT} Vérifiez votre connexion, puis réessayez.`,
};

export const messages: MessageText = {
  errors,
  problems: {
    required: (label) => `${label} : à remplir.`,
    'too-short': (label, limit) => `${label} : ${limit} caractères au moins.`,
    'too-long': (label, limit) => `${label} : ${limit} caractères au plus.`,
    invalid: (label) => `${label} : à vérifier.`,
    'not-allowed': (label) => `${label} : à laisser vide.`,
    unknown: (label) => `${label} : introuvable.`,
    'too-many': (label, limit) => `${label} : ${limit} au plus.`,
    'too-large': (label, limit) => `${label} : ${limit} au plus.`,
    'not-finished': (label) => `${label} : tout n’a pas été envoyé.`,
  },
  charactersLeft: (count, shown) => plural('fr', count, { one: `${shown} caractère restant`, other: `${shown} caractères restants` }),
  charactersOver: (count, shown) => plural('fr', count, { one: `${shown} caractère de trop`, other: `${shown} caractères de trop` }),
  fileLimits: (shown, perFile, all) => `${shown} fichiers au plus, ${perFile} par fichier, ${all} en tout.`,
  notKept: (contact, cap) =>
    `${contact} reçoit votre message par e-mail ; son contenu n’est pas gardé ici.${cap ? ` Fichiers : ${cap} au plus en tout.` : ''}`,
  problemContact: 'Merci de choisir à qui vous écrivez.',
  problemEmail: 'E-mail : écrivez une adresse comme nom@exemple.fr.',
  summary: (count, shown) => plural('fr', count, { one: 'Un point à corriger', other: `${shown} points à corriger` }),
  failed: 'Votre message n’a pas été envoyé',
  unconfirmed: 'Votre message n’est pas encore confirmé',
  firstVersion: 'Votre première version est arrivée',
  sendAnew: 'Envoyer la nouvelle version à part',
  showFirst: 'Garder la première version',
  doubt: 'Il est peut-être arrivé : il pourrait arriver deux fois.',
  tryAgain: 'Réessayer',
  sendAgain: 'Renvoyer quand même',
  wait: (shown) => `Vous pourrez réessayer dans ${shown}.`,
  waited: 'Vous pouvez réessayer.',
  online: 'La connexion est revenue. Votre message peut partir.',
  sendNow: 'Envoyer maintenant',
  waitingForFiles: (count, shown) =>
    plural('fr', count, { one: 'Un fichier est encore en route…', other: `${shown} fichiers sont encore en route…` }),
  filesMissing: (count, shown) =>
    plural('fr', count, { one: 'Un fichier n’a pas été envoyé', other: `${shown} fichiers n’ont pas été envoyés` }),
  filesMissingHint: 'Réessayez, retirez-les, ou envoyez sans eux.',
  retryFiles: 'Réessayer les fichiers',
  sendWithout: 'Envoyer sans eux',
  broken: 'Le formulaire ne peut pas être affiché.',
  receipt: {
    title: 'Votre message est bien arrivé',
    number: 'Votre numéro de demande',
    copy: 'Copier le numéro',
    copied: 'Copié',
    selected: 'Sélectionné : vous pouvez le copier.',
    due: (when) => `Réponse au plus tard le ${when}.`,
    mailQueued: (email) => `Une confirmation part à l’adresse ${email}.`,
    mailWithheld: 'Aucune confirmation ne partira : merci de noter le numéro.',
    contact: (name) => `Destinataire : ${name}.`,
    firstVersion: 'C’est votre première version, sans vos modifications.',
    another: 'Envoyer un autre message',
  },
};

export const files: FilesText = {
  queued: 'En attente',
  uploading: (percent) => `Envoi, ${percent}`,
  paused: 'Interrompu ; reprise automatique',
  done: 'Envoyé',
  failed: 'Non envoyé',
  refused: 'Non accepté',
  again: 'Merci de réessayer ou de le retirer.',
  tooLarge: (limit) => `Dépasse ${limit}. Merci de choisir un fichier plus petit.`,
  empty: 'Ce fichier est vide.',
  tooMany: (limit) => `Plus de ${limit} fichiers. Merci d’en retirer un.`,
  totalTooLarge: (limit) => `L’ensemble des fichiers dépasse ${limit}. Merci d’en retirer un.`,
  wrongType: 'La boutique n’accepte pas ce type de fichier.',
  remove: (name) => `Retirer ${name}`,
  progress: (name) => `Envoi de ${name}`,
  added: (count, shown) => plural('fr', count, { one: 'Un fichier ajouté', other: `${shown} fichiers ajoutés` }),
  removed: (name) => `${name} retiré`,
  finished: (name) => `${name} envoyé`,
  stopped: (name, why) => `${name} : ${why}`,
  tryAgain: 'Réessayer',
};
