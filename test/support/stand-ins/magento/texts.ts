/** What the shop says to a person. */
export interface MagentoTexts {
  success: string;
  name: string;
  comment: string;
  email: string;
  /** Honeypot, or a mail that could not be sent. */
  failure: string;
  formKey: string;
  recaptcha: string;
  unavailable: string;
  nameField: string;
  commentField: string;
}

export const ENGLISH: MagentoTexts = {
  success: "Thanks for contacting us with your comments and questions. We'll respond to you very soon.",
  name: 'Enter the Name and try again.',
  comment: 'Enter the comment and try again.',
  email: 'The email address is invalid. Verify the email address and try again.',
  failure: 'An error occurred while processing your form. Please try again later.',
  formKey: 'Invalid Form Key. Please refresh the page.',
  recaptcha: 'Something went wrong with reCAPTCHA. Please contact the store owner.',
  unavailable: 'The contact form is unavailable.',
  nameField: 'Name field is required.',
  commentField: 'Comment field is required.',
};

/** A shop whose language tells success and failure by words that look alike to nobody who does not read it. */
export const FRENCH: MagentoTexts = {
  success: 'Merci de nous avoir écrit ; une erreur ? Répondez à notre message.',
  name: 'Saisissez le nom et réessayez.',
  comment: 'Saisissez le commentaire et réessayez.',
  email: 'L’adresse e-mail est invalide.',
  failure: 'Merci ! Une erreur est survenue pendant le traitement. Réessayez plus tard.',
  formKey: 'Clé de formulaire invalide. Rechargez la page.',
  recaptcha: 'La vérification reCAPTCHA a échoué.',
  unavailable: 'Le formulaire de contact est indisponible.',
  nameField: 'Le nom est requis.',
  commentField: 'Le commentaire est requis.',
};
