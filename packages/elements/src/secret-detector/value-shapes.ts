/** Stands where a secret would be, and is none: masks, gaps to fill in, what was removed. */
const EXAMPLE =
  /^(?:[*•●·.…_x#-]{2,}|[<[{(%$].*[\]>})%]|\$\{?[a-z_]*(?:\[\W?\w+\W?\])?\}?|%\w+%|your\w*|(?:my|votre|mon|ihr|mein|tu|su|tuo|vostro)[_-](?:pass\w*|pwd|mot\w*|contra\w*|key|token|secret)|x{3,}|(?:null|undefined|true|false|none|empty|nil|n\/?a|string|hidden|redacted|removed|masked|secret|env\(.*|process\.env.*|getenv.*))$/i;

/** Written around a value and no part of it. */
const BEFORE = /^[([{<"'`´“”„«»‘’‚*_]+/;
const BEHIND = /(?:[)\]}>"'`´“”»«’‘,;:.…]|\*\*|__)+$/;

/** Words for states and deeds, and small words: what is said about a password, in five languages. */
const SAID = new Set(
  (
    'the this that these those with without from your mine yours here there where when what which who whom whose why how not never always still again ' +
    'wrong right correct incorrect invalid valid empty blank missing mandatory required optional needed necessary safe unsafe secure insecure weak strong ' +
    'short long same different unknown known lost gone forgotten old new fine okay good also only just too very visible hidden case sensitive unique null none ' +
    'being been sent please thanks thank help hello regards field reset must should could would will cannot dont doesnt page mail email link form login user ' +
    'later soon below above attached enclosed before after tomorrow today yesterday expired disabled protected important impossible possible public private ' +
    'temporary permanent confidential personal available accepted rejected refused changed updated broken working failed error encrypted plain clear ' +
    'and but for or yes no ok it is was are be has have had does did done do in on at to of an as by if so we you they he she me my our us ' +
    'something anything nothing everything someone everyone exactly now then once too currently already ready simple easy hard difficult ' +
    'faux bon bonne mauvais mauvaise correcte incorrecte erroné erronée invalide vide obligatoire oublié oubliée perdu perdue trop pas toujours encore jamais ' +
    'refusé refusée inconnu inconnue valable le la les un une des du de mon ma mes votre vos notre nos ce cette qui que quoi dont où il elle nous vous ils ' +
    'merci bonjour cordialement voici ici ci-dessous ci-joint bien déjà même expiré expirée bloqué désactivé demandé requis impossible sécurisé perso ' +
    'falsch richtig korrekt inkorrekt ungültig gültig leer fehlt vergessen verloren abgelaufen gesperrt sicher unsicher nicht kein keine immer noch nie ' +
    'der die das den dem des ein eine einen mein meine ihr ihre unser und oder aber mit ohne von für bitte danke hallo unbekannt geändert erforderlich ' +
    'notwendig zu zurücksetzen zurückgesetzt angekommen anbei unten oben jetzt weg ' +
    'correcta incorrecto incorrecta errónea erróneo inválida inválido válida vacía olvidada perdida caducada obligatoria necesaria no siempre nunca ' +
    'el los las una unos mi mis su sus este esta que quien donde cuando por para con sin pero gracias hola aquí segura débil mala buena ' +
    'corretta errata sbagliata sbagliato errato invalida valida vuota dimenticata persa scaduta obbligatoria necessaria non sempre mai ' +
    'il lo gli uno una mio mia suo sua questo questa che chi dove quando per con senza ma grazie ciao buongiorno qui sicura debole'
  ).split(' '),
);
/** Endings of what is done to a password, and of how it is. */
const STATE =
  /(?:ed|ing|able|ible|ful|less|ly|é|ée|és|ées|elle|eux|ment|ieren|iert|lich|bar|ig|ado|ada|ido|ida|mente|ato|ata|ito|ita|uto|uta|ante|ente|ungs?|tion|ción|zione|ity|ité|tät|idad)$/i;

/** Endings of what has surely been done. */
const DONE = /.{2}(?:ed|ing|able|ible|é|ée|iert|eführt|ado|ada|ato|ata|ito|ita|uto|uta)$/i;

/** Names with numbers in them: techniques, products, units, versions, numbers of things. */
const NAME_WITH_NUMBER =
  /^(?:[\d.,]+[a-zµ°%€$£"²³]{1,5}(?:[\\/]\w{1,3})?|v?\d+(?:[._-]\d+)+[a-z]*\d*|\d+(?:st|nd|rd|th|er|e|ème|eme|º|ª)|[a-z]{1,2}\d{1,3}|\d+[-x×*]\d*\w{0,5}(?:[x×]\d+\w{0,3})?|\d+-\p{L}+|(?:sha|md|aes|rsa|base|utf|oauth|bcrypt|argon|http|ipv|php|mysql|mariadb|postgres\w*|sql|log4j|ps|prestashop|magento|wordpress|woocommerce|win|windows|office|macos|ios|ipados|android|iphone|ipad|galaxy|pixel|chrome|firefox|safari|edge|opera|internet explorer|ie|html|css|es|h|mp|usb|web|wpa|ssl|tls|s|ec|tls|x|bootstrap|jquery|vue|angular|drupal|typo|shopware|joomla|node|python|java|c|p2p|b2b|b2c|2fa|mfa|error|erreur|fehler|code|page|step|etape|schritt|order|commande|bestellung|pedido|ordine|ticket|lot|ref|art|nr|num|no|n)[-_.v#]?[\d.x-]+\w?\+?|a?[cd]?\d+\w?[/|&]\w?\d+\w?|q[1-4]-?\d*|\d+[a-z]?-\d+[a-z]?)$/iu;

/** What has a letter and is an address, a file, or a piece of code, of a format or of a number of something. */
const OTHER_THING =
  /:\/\/|^www\.|^[\w.+%-]+@[\w-]+\.[\w.-]+$|^(?:[\w-]+\.)+(?:com|net|org|fr|de|es|it|eu|io|co|uk|be|ch|at|nl|pl|pt|shop|store|dev|app|local|example|test)\b|^[\w./-]*\.(?:php|js|ts|css|html?|tpl|twig|phtml|xml|json|ya?ml|csv|xlsx?|docx?|pdf|png|jpe?g|gif|webp|svg|zip|gz|tar|sql|log|txt|ini|env|sh|py|rb|go|exe|dmg|apk|eml|mp[34]|mov|heic)(?:[:?#].*)?$|^\/|^\.{1,2}\/|^[a-z]:\\|\(\)|::|=>|->|^<|^&\w+;|^#[0-9a-f]{3,8}$|^[{[(]|^(?:[0-9a-f]{2}[:-]){3,}|^[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** Letters and digits set apart by points, dashes and the like: numbers of orders, articles, parcels, series, taxes. */
const NUMBER_OF_THING = /^#?(?:[A-Z]{1,6}[-_/.]?)?(?:[A-Z\d]{1,24}[-_/.])*[A-Z\d]{1,34}$/;
/** A word with a number behind it or in front: products, years, names of accounts. */
const WORD_AND_NUMBER = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)\d{1,4}(?:\p{Lu}?\p{Ll}*|\p{Lu}{1,5})$/u;
/** Words run together: names in programs. */
const RUN_TOGETHER = /^(?:\p{Lu}?\p{Ll}{2,}){2,}\d{0,4}$/u;
const MARK = /[!@#$%^&*+=?~|§€£{}\\<>[\]]/;
/** Letters in front of digits, all in small letters but perhaps the first. */
const SIMPLE = /^\p{L}\p{Ll}{3,20}\d{1,4}$/u;
const HEX = /^(?:sha\d+[-:])?(?:[0-9a-f]{7,}|[0-9A-F]{7,})$/;

/** True for a mask or a gap to fill in. */
export function isExample(value: string): boolean {
  return EXAMPLE.test(value);
}

/** A value without what is written around it, and where it begins. */
export function bareValue(written: string): { value: string; skipped: number } {
  const skipped = BEFORE.exec(written)?.[0].length ?? 0;
  const inner = written.slice(skipped);
  const [behind = ''] = BEHIND.exec(inner.slice(-20)) ?? [];
  return { value: inner.slice(0, inner.length - behind.length), skipped };
}

/** How often the kind of character changes: seldom in names, often where chance has written. */
function changes(value: string): number {
  const kinds = [...value].map((char) => (/\d/.test(char) ? 'd' : /\p{Lu}/u.test(char) ? 'U' : /\p{Ll}/u.test(char) ? 'l' : 's'));
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1] && !(kind === 'l' && kinds[at - 1] === 'U' && at === 1)).length;
}

/** How many of small letters, capitals, digits and marks there are. */
function classes(value: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\d/, MARK].filter((kind) => kind.test(value)).length;
}

/** Written by chance: the keys that machines make. */
export function looksRandom(value: string, shortest = 16): boolean {
  if (value.length < shortest || !/^[\w+/=.~:-]+$/.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  return changes(value.replace(/[-_.:]/g, '')) >= Math.max(4, value.length / 4);
}

/** Long, of letters and digits, and of no words: a key where one is named. */
export function isUnbroken(value: string): boolean {
  return /^[A-Za-z\d+/=]{20,}$/.test(value) && /\d.*\d/.test(value) && /[a-z]/i.test(value);
}

/** What a person would choose as a password, and would hardly write otherwise, where a password is named. */
export function looksChosen(value: string): boolean {
  const core = value.replace(/[!?]+$/, '');
  if (value.length < 5 || isExample(value) || OTHER_THING.test(value) || NAME_WITH_NUMBER.test(core)) return false;
  if (!/\p{L}/u.test(value)) return /\d/.test(value) && MARK.test(core);
  if (/\d/.test(value)) return !/^\d+\p{L}{1,3}$/u.test(core);
  if (MARK.test(core.slice(1))) return !/^[\p{L}-]+[?!]+[\p{L}]+$/u.test(core) || changes(core) > 2;
  return core.length >= 6 && /^\p{L}+$/u.test(core) && changes(core.slice(1)) >= 3 && !/^(?:\p{Lu}\p{Ll}{2,})+$/u.test(core);
}

/** A plain word, which may be a password only where it is said to be one. */
export function isPlainWord(value: string): boolean {
  const core = value.replace(/[!?]+$/, '');
  return /^[\p{L}'._-]{4,40}$/u.test(core) && !SAID.has(core.toLowerCase()) && !isExample(core) && !/^[._-]|['’]/.test(core);
}

/** True for a word that tells of what has been done to something, or how it is. */
export function tellsOfState(value: string): boolean {
  return STATE.test(value) || SAID.has(value.toLowerCase());
}

/** The same, where a name and a colon stand before it and little else can be meant. */
export function surelyTellsOfState(value: string): boolean {
  return DONE.test(value) || SAID.has(value.toLowerCase());
}

/** A password without a name: `alone` on its line, `beside` a login, or `anywhere`. */
export function looksStrong(value: string, place: 'alone' | 'beside' | 'anywhere'): boolean {
  const core = value.replace(/[!?]+$/, '');
  if (value.length < 7 || value.length > 64 || OTHER_THING.test(value) || isExample(value)) return false;
  if (/^@|^-|^(?:[a-z_-]{2,}|[A-Z_-]{2,})=|^[a-z./-]+@[\^~]?\d{1,2}(?:\.|$)|^\w+(?:\|\w+)+$/.test(value)) return false;
  if (NAME_WITH_NUMBER.test(core) || NUMBER_OF_THING.test(core) || HEX.test(core) || RUN_TOGETHER.test(core)) return false;
  if (!/\d/.test(value) || !/\p{L}/u.test(value))
    return place === 'alone' && MARK.test(core) && changes(core) >= 3 && /\p{L}/u.test(value) && value.length > 9;
  const kinds = classes(value);
  const marked = MARK.test(core);
  if (place === 'anywhere') {
    if (/[()[\]{}<>\\;"'`|/:,]|\$\w+|[a-z]=|&\w+=|^[#@$€£+~=*]|%$/i.test(core))
      return kinds === 4 && changes(core) >= 6 && !/[()[\]{}<>\\;"'`/=:,]/.test(core);
    return marked && kinds === 4 && changes(core) >= 3;
  }
  if (WORD_AND_NUMBER.test(core)) return core !== value && /\d!+$/.test(value);
  if (marked || (MARK.test(value) && kinds >= 3))
    return kinds >= 3 || (place === 'alone' && changes(value) >= 2) || (place === 'beside' && /[!@$%^*]/.test(value));
  return kinds >= 3 && changes(core) >= 3 && !/[-_/.,:]/.test(core);
}

/** Hardly a password in a message, and hardly anything else where it is all of one. */
export function looksSimple(value: string): boolean {
  return value.length > 6 && SIMPLE.test(value) && !NAME_WITH_NUMBER.test(value);
}

/** True for the beginning of a sum that names a version of something. */
export function looksHex(value: string): boolean {
  return HEX.test(value);
}
