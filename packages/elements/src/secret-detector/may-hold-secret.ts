/** Letters and digits in one word, as many digits as a card has, or a name of what is secret: without one of them there is nothing to look for. */
const PERHAPS = /[a-z]\S{0,24}\d|\d\S{0,24}[a-z]|\d[\d .-]{12}|pass|ps?w|mdp|wort|clave|contra|parola|phrase|code|\bpin|cv[vc]|otp|akia/i;

/** False where `findSecrets` would find nothing: it need not be loaded then. */
export function mayHoldSecret(text: string): boolean {
  return PERHAPS.test(text);
}
