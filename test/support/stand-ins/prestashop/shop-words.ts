/** What the shop says to a shopper, in the languages the tests need. The English texts are those of 8.2.1. */
export interface ShopWords {
  lang: string;
  title: string;
  subject: string;
  email: string;
  emailHint: string;
  order: string;
  chooseOrder: string;
  attachment: string;
  chooseFile: string;
  message: string;
  messageHint: string;
  optional: string;
  send: string;
  /** HTML, as the merchant has written it. */
  consent: string;
  sent: string;
  invalidEmail: string;
  blankMessage: string;
  invalidMessage: string;
  noSubject: string;
  badExtension: string;
  tryAgain: string;
  failed: string;
  /** Of a module that the shop does not come with. */
  captcha: string;
}

export const ENGLISH: ShopWords = {
  lang: 'en-US',
  title: 'Contact us',
  subject: 'Subject',
  email: 'Email address',
  emailHint: 'your@email.com',
  order: 'Order reference',
  chooseOrder: 'Select reference',
  attachment: 'Attachment',
  chooseFile: 'Choose file',
  message: 'Message',
  messageHint: 'How can we help?',
  optional: 'optional',
  send: 'Send',
  consent: '<p>I agree to the <a href="/content/2">privacy policy</a></p>',
  sent: 'Your message has been successfully sent to our team.',
  invalidEmail: 'Invalid email address.',
  blankMessage: 'The message cannot be blank.',
  invalidMessage: 'Invalid message',
  noSubject: 'Please select a subject from the list provided.',
  badExtension: 'Bad file extension',
  tryAgain: 'An error occurred while sending the message, please try again.',
  failed: 'An error occurred while sending the message.',
  captcha: 'Please tick that you are not a robot.',
};

export const FRENCH: ShopWords = {
  lang: 'fr-FR',
  title: 'Contactez-nous',
  subject: 'Sujet',
  email: 'Adresse e-mail',
  emailHint: 'votre@email.com',
  order: 'Référence de commande',
  chooseOrder: 'Sélectionnez une référence',
  attachment: 'Document joint',
  chooseFile: 'Choisir un fichier',
  message: 'Message',
  messageHint: 'Comment pouvons-nous aider ?',
  optional: 'optionnel',
  send: 'Envoyer',
  consent: '<p>J’accepte la <a href="/content/2">politique de confidentialité</a></p>',
  sent: 'Votre message a bien été envoyé à notre équipe.',
  invalidEmail: 'Adresse e-mail non valide.',
  blankMessage: 'Le message ne peut pas être vide.',
  invalidMessage: 'Message non valide',
  noSubject: 'Veuillez sélectionner un sujet dans la liste proposée.',
  badExtension: 'Mauvaise extension de fichier',
  tryAgain: 'Une erreur s’est produite lors de l’envoi du message, veuillez réessayer.',
  failed: 'Une erreur s’est produite lors de l’envoi du message.',
  captcha: 'Veuillez cocher que vous n’êtes pas un robot.',
};
