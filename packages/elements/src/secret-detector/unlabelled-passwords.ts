import type { Secret } from './find-secrets.js';
import { bareValue, isExample, looksChosen, looksHex, looksRandom, looksSimple, looksStrong } from './value-shapes.js';

/** Speaks of a way in. */
const LOGIN =
  /\b(?:log(?:ged|ging)?[ -]?(?:in|on|ins)|log me in|logon|signin|sign(?:ed|ing)? in|credentials?|creds|user ?names?|user ?id|users?|accounts?|identifiants?|utilisateurs?|connexions?|connecter|connectez|acc[èe]s|anmeld\w+|einloggen|eingeloggt|zug[aä]ng\w*|zugriff|benutzer\w*|nutzer\w*|usuarios?|accesos?|iniciar sesi[óo]n|entrar|credenciales|utente|accessi?|accesso|accedere|credenziali|entrare|s?ftps?|ssh|cpanel|plesk|phpmyadmin|back[ -]?office|admin\w*|htaccess|wlan|wi-?fi|vpn|mysql|database|datenbank|base de donn[ée]es|root|staging|pass\w*|mdp|mot de passe|kennwort|contraseña)\b/i;
/** Names that people log in with. */
const ACCOUNT = String.raw`(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|(?:admin|root|demo|test|user|ftp|sftp|ssh|manager|webmaster|support|superadmin|administrator|administrateur|shop|dev|deploy|ubuntu|www-data|guest|editor|staging|owner|sysadmin|superuser|mysql|postgres|sa|dbuser|db_user|backup)[\w.-]{0,20})`;
const ACCOUNT_ALONE = new RegExp(String.raw`^\W*(?:[\w-]{1,20}\s?:\s?)?${ACCOUNT}\W*$`, 'i');
/** A name, a sign or a word that joins, and a value. */
const PAIR = new RegExp(
  String.raw`(?<![\w@./-])${ACCOUNT}["'\`”»]?(\s{0,2}[/|:]\s{0,2}|\s{1,2}[–—>-]{1,2}\s{1,2}|\s?[,;]\s{1,2}|\s{1,3}(?:and|et|und|y|e|with|mit|avec|con|pass|pw)\s{1,2}|\s{1,3})["'\`“«]?(\S{5,64})`,
  'dgi',
);
/** A pair that is announced. */
const ANNOUNCED =
  /\b(?:credentials?|creds|log ?ins?(?: data| details| info| credentials)?|access(?:es)?(?: data| details)?|accounts?|identifiants?|(?:codes d['’])?acc[èe]s(?: [\w-]{2,12})?|comptes?|zug[aä]ng(?:sdaten)?|login-?daten|anmeldedaten|konto|credenziali|credenciales|(?:dati|datos) (?:di|de) acc?esso|acc?eso|accesso|ftps?|sftp|ssh|admin|back[ -]?office)(?: (?:are|is|sont|est|sind|ist|son|es|sono|è))?\s?[:=]?\s{1,2}["'(]?[\w.@+-]{2,64}["']?(?:\s?[/|:,;]\s?|\s(?:and|et|und|y|e|–|-)\s)["']?(\S{6,64})/dgi;
/** What is long and by chance, and only a name of something. */
const NAMES_SOMETHING =
  /(?:sha-?\d*|md5|hash|checksum|commit|revision|fingerprint|digest|integrity|etag|(?:request|message|trace|ray|transaction|payment|order|session replay|build|event|correlation|video|file|folder|document|tracking|customer|charge|invoice|user)[ _-]?(?:id|no|number)?|id|n[°ºo]|ref\w*|version|signature|empreinte|somme de contrôle|prüfsumme)\W{0,4}(?:is|est|ist|:|=)?\W{0,3}$/i;
const OBJECT =
  /^(?:pi|ch|cus|in|sub|evt|pm|txn|price|prod|acct|seti|cs|req|src|card|re|po|py|si|il|tr|du|file|link|ba|tok|run|job|trace|msg|order|ord|inv|pay|cart|img|build|sha\d*|md5|commit|pk)_/i;
/** Where something has been taken out. */
const REMOVED = /\[\p{L}+\]/u;
const LONGEST_LINE = 2_000;

/** Passwords without a name: in a pair with an account, alone on a line, in a sentence about logging in, or too odd to be anything else. */
export function unlabelledPasswords(text: string): Secret[] {
  const found: Secret[] = [];
  const take = (start: number, value: string, kind: Secret['kind'] = 'password') => found.push({ start, end: start + value.length, kind });
  for (const { 1: joint = '', 2: written = '', indices } of text.matchAll(PAIR)) {
    const { value, skipped } = bareValue(written);
    if (isPaired(value) && (joint.trim() || looksStrong(value, 'beside'))) take((indices?.[2]?.[0] ?? 0) + skipped, value);
  }
  for (const { 1: written = '', indices } of text.matchAll(ANNOUNCED)) {
    const { value, skipped } = bareValue(written);
    if (isPaired(value)) take((indices?.[1]?.[0] ?? 0) + skipped, value);
  }
  const all = text.trim();
  if (looksSimple(all)) take(text.indexOf(all), all);
  let start = 0;
  let near = 0;
  let account = false;
  for (const line of text.split('\n')) {
    // what is said of a login counts for the lines behind it
    const below = account;
    account = ACCOUNT_ALONE.test(line.slice(0, 200));
    near = account || LOGIN.test(line.slice(0, LONGEST_LINE)) ? 3 : near - (line.trim() ? 1 : 0);
    const words = line.trim().split(/\s+/).length;
    for (const { 0: written, index } of line.matchAll(/\S{7,}/g)) {
      if (written.length > 400 || REMOVED.test(written)) continue;
      const { value, skipped } = bareValue(written);
      const before = line.slice(Math.max(0, index - 30), index + skipped);
      const place = words === 1 ? 'alone' : near > 0 ? 'beside' : 'anywhere';
      if (NAMES_SOMETHING.test(before)) continue;
      if (
        looksStrong(value, place) ||
        (below && words === 1 && isPaired(value)) ||
        (place === 'beside' && words < 3 && looksStrong(value, 'alone'))
      )
        take(start + index + skipped, value);
      else if (isKey(value)) take(start + index + skipped, value, 'key');
    }
    start += line.length + 1;
  }
  return found;
}

function isPaired(value: string): boolean {
  if (value.length < 6 || /^[a-z_-]+[:=]/.test(value) || /^(?:admin|user|root|test|demo|shop)[\w.-]?$/i.test(value)) return false;
  return (
    looksChosen(value) &&
    /\d/.test(value) &&
    /\p{L}/u.test(value) &&
    !/\//.test(value) &&
    !/^[A-Z\d.-]*$|^\d+\W/.test(value) &&
    !looksHex(value)
  );
}

/** Long and by chance in large and small letters and digits: a key, wherever it stands. */
function isKey(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d{1}.*\d/].every((kind) => kind.test(value));
  return (
    kinds &&
    value.length >= 28 &&
    !isExample(value) &&
    !OBJECT.test(value) &&
    !/[/:.]/.test(value.slice(0, -3).replace(/\/(?=\w{6,}[+/=])/g, '')) &&
    looksRandom(value, 28)
  );
}
