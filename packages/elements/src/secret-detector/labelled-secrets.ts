import type { Secret, SecretKind } from './find-secrets.js';
import {
  bareValue,
  isExample,
  isPlainWord,
  isUnbroken,
  looksChosen,
  looksRandom,
  surelyTellsOfState,
  tellsOfState,
} from './value-shapes.js';

/** What a value is judged by. `phrase`: several words may be meant; `short`: a number; `named`: surely a key; `loose`: also much else. */
type Label = 'password' | 'phrase' | 'short' | 'named' | 'loose';

const LABELS: [Label, string][] = [
  [
    'phrase',
    String.raw`pass[ -]?phrases?|(?:seed|recovery|secret|backup) ?phrases?|(?:seed|recovery) words|phrase (?:secr[èe]te|de passe)|mot de passe d['’]application|app(?:lication)?[ -]?passwor[dt]s?|anwendungspasswort|contraseña de aplicaci[óo]n|frase (?:de contraseña|semilla|segreta)`,
  ],
  [
    'password',
    String.raw`pass?[ _-]?wor[dt]s?|passw(?:or)?d|passwort|paßwort|passwörter|kennw[oö]rte?r?|codewort|losungswort|mots? ?de ?passe?|mdp|contrase(?:ñ|n|ni)as?|clave de (?:acceso|usuario)|clave|parola(?: d['’]ordine| chiave)?|senha|wachtwoord|has[łl]o|lösenord|adgangskode|passcode|pass[ -]?code|pass|pwd|pswd|psw|passwd|pw|p\/w|pword|codes? d['’]acc[èe]s|code secret|zugangscode|access code|unlock code|c[óo]digo de acceso|codice (?:di accesso|segreto)`,
  ],
  [
    'short',
    String.raw`pin(?:[ -]?(?:code|nummer|number))?|code pin|cv[vc]2?|cid|(?:code de s[ée]curit[ée]|cryptogramme(?: visuel)?|security code|sicherheitscode|pr[üu]fziffer|kartenpr[üu]fnummer|c[óo]digo de (?:seguridad|verificaci[óo]n)|codice di (?:sicurezza|verifica))|otp|tan|mtan|(?:verification|confirmation|one[ -]time|2fa|authenticator|authentication|login|sms|backup|recovery) codes?|code de (?:v[ée]rification|confirmation|validation|secours)|best[äa]tigungscode|einmalcode`,
  ],
  [
    'named',
    String.raw`(?:api|secret|access|private|encryption|web[ -]?service|ws|consumer|client|auth\w*|signing|shared|account|storage|master|service|app|application|bearer|session|refresh|webhook|personal access|deploy|bot|user|admin|read|write|rest|jwt|hmac|oauth2?|license server|recovery|sandbox|live|test|production|stripe|paypal|mollie|merchant|gateway|payment)[ _-]{0,2}(?:api[ _-]?)?(?:keys?|token|secret)|cl(?:[ée]|ef)s? (?:d['’])?(?:api|secr[èe]tes?|priv[ée]es?|web ?service|acc[èe]s)|(?:api|web ?service|zugriffs|zugangs|geheim|sicherheits|geheimer |privater )[ -]?(?:schl[üu]ssel|token)|(?:clave|llave) (?:api|secreta|privada|de api|del? (?:webservice|api))|chiave (?:api|segreta|privata|di accesso)|(?:token|jeton) (?:d['’]acc[èe]s|de acceso|di accesso|d['’]api|api)|apikey|hash key|cookie key`,
  ],
  [
    'loose',
    String.raw`tokens?|secrets?|jetons?|keys?|cl(?:[ée]|ef)|schl[üu]ssel|llave|chiave|gettone|geheimnis|signature|sig|salt|credential`,
  ],
];
/** A name as it stands in programs and settings may have parts in front and behind: `DB_PASSWORD`, `smtpPass`, `api_key_live`. */
const LABEL = new RegExp(
  String.raw`(?<![\p{L}])(?:${LABELS.map(([label, words]) => `(?<${label}>${words})`).join('|')})(?!\p{L})` +
    String.raw`|(?<=[a-z\d_])(?:(?<inPassword>pass(?:word|wd|phrase)?|PASS(?:WORD|WD)?|Pass(?:word|wd|phrase)?|Pwd|PWD|pwd|PSW|Psw)|(?<inKey>(?:[Aa]pi|API|[Ss]ecret|[Aa]ccess|[Pp]rivate)_?(?:[Kk]ey|KEY)|[Ss]ecret|SECRET|[Tt]oken|TOKEN|_KEY|_key|Key|_SALT|_salt))(?!\p{Ll}{3})`,
  'giu',
);

/** What makes a key none that opens something. */
const OTHER_KEY =
  /(?:gpg|pgp|publi\w*|publique?|öffentlich\w*|primary|foreign|site|licen[cs]\w*|lizenz\w*|licenza|licencia|product|produkt\w*|produit|serial|activation|aktivierungs\w*|array|cache|translation|meta|index|sort|unique|duplicate|object|arrow|enter|shift|house|car|for|hot|map|csrf|xsrf|(?<!\w)_|by|next[ -]?page|purchase|voucher|gift|discount|track\w*|order|reference|undefined|constraint|module|door|spare|porte|voiture|hausw?|auto)[ _'’"-]{0,2}$/i;
const OTHER_KEY_BEHIND =
  /^[\w-]{0,12}[ _-]{0,2}(?:fingerprint|hash(?:es)?\b|checksum|sum\b|size|length|länge|longueur|algorithm|type|name|id\b|file|publi\w*|constraint|word|board|empreinte|field|feld|champ)/i;
/** What makes "pass" no password. */
const OTHER_PASS =
  /(?:by|com|tres|sur|over|under|im|boarding|day|season|season's|ski|festival|bus|train|metro|gift|free|fast|first|second|one|single|multi|high|low|band|will|to|can|could|would|doesn'?t|not|n'?t|did|does|must|let|may|must)[- ]$/i;
const OTHER_PASS_BEHIND =
  /^[\w]{0,3}[ -](?:through|over|by|along|on|away|the|it|me|my|your|this|that|through|filter|navigo|culture|sanitaire|rate)\b/i;

/** A name for whom comes first. */
const WITH_NAME =
  /\b(?:log ?ins?|user\w*|utente|identifiants?|utilisateur|benutzer\w*|usuario|e?-?mail|name|id)\s?(?:[/&+,|-]|and|et|und|y|e)\s?$/i;
const NAME_IN_FRONT = /^["'(]?[\w.@+-]{2,64}["')]?\s{0,2}(?:[/|:,;-]|and|et|und|y|e)?\s{0,2}(?=\S)/;
/** What leads from a name to its value. A sign leads surely, a word often, a new line seldom. */
const LEADS =
  /(?<sure>["'`\])»”]{0,2}\s{0,2}(?:=+>|->|→|–>|:=|==?|[:=>])\s{0,3}|["']\s?,\s?(?=["']))|(?<likely>(?:,?\s|['’])(?:(?:that )?is|was|are|est|c['’]?est|sera|reste|était|ist|lautet|lautete|war|heißt|heisst|es|era|será|è|e['’]|era|sarà|to|en|auf|a|in|reads|remains|equals|will be|(?:has been|have been|was|is|been)?\s?(?:set|changed|reset|updated) to|avec|with|mit|con)(?:\s(?:now|still|currently|just|simply|maintenant|toujours|actuellement|jetzt|nun|noch|aktuell|ahora|actualmente|adesso|ora|attualmente|simplement|the following|le suivant|folgendes))?\s?:?\s)|(?<below>\s{0,2}\n\s{0,2})|(?<beside>\s?[([]\s?|\s{1,2}[-–—|/]\s{1,2}|\s{1,2})/giu;
/** Speaks of the password and does not say it. */
const ABOUT =
  /[.!?]\s|\n\s*\n|\b(?:not|no|nt|error|errors|fails?|failed|failing|fehler\w*|erreurs?|reset\w*|field|page|mail|e-?mail|link|form|forms?|says?|shows?|get|gives?|messages?|screen|forg[oe]t\w*|lost|oubli\w*|vergessen|olvid\w*|dimentic\w*|réinitialis\w*|zurücks\w*|restablec\w*|reimpost\w*|recover\w*|récup\w*|wrong|invalid|incorrecte?s?|requires?d?|must|should|policy|rules?|manager|doesn|don|cannot|can|won|pas|plus|jamais|nicht|kein\w*|nunca|mai|non|longer|expir\w*|reject\w*|refus\w*|min\w*|max\w*|at least|au moins|mindestens|al menos|almeno|length|hash\w*|ask\w*|demand\w*|request\w*|why|how|warum|wie|pourquoi|comment|worked|works|work)\b/i;
const REST_OF_CLAUSE =
  /^[\s"'`”»)\]]{0,3}(?:$|[\n,;|/)\]<&]|[.!?](?:\s|$)|(?:and|et|und|y|e|for|pour|für|para|per|with|user\w*|login|log|if|si|wenn|thanks?|merci|danke|gracias|grazie|please|can|could|but|mais|aber|pero|ma)\b|[-–—]\s|[({])/iu;
const WORDS = /^\p{Ll}{2,14}(?: \p{Ll}{2,14}){2,23}(?=[\s.,;!"'”»]*(?:$|\n|[.,;]))/u;
const GROUPS = /^(?:[A-Za-z\d]{4}[ -]){3,7}[A-Za-z\d]{4}(?![A-Za-z\d])/;
const LONGEST_WAY = 70;
const MOST_WAYS = 14;
/** No message names more of them. */
const MOST_NAMES = 400;

/** What is called a password, a key, a token or a code, and then said. */
export function labelledSecrets(text: string): Secret[] {
  const found: Secret[] = [];
  let names = 0;
  for (const match of text.matchAll(LABEL)) {
    if (++names > MOST_NAMES) break;
    const { 0: word, index, groups = {} } = match;
    const label = labelOf(groups);
    const end = index + word.length;
    const before = text.slice(Math.max(0, index - 24), index);
    const rest = text.slice(end, end + LONGEST_WAY + 260);
    if ((label === 'named' || label === 'loose') && (OTHER_KEY.test(before) || OTHER_KEY_BEHIND.test(rest))) continue;
    if (/^pass$/i.test(word) && (OTHER_PASS.test(before) || OTHER_PASS_BEHIND.test(rest))) continue;
    const inName = groups['inPassword'] !== undefined || groups['inKey'] !== undefined;
    const secret = valueBehind(rest, {
      label,
      kind: kindOf(label, word),
      inName,
      inAddress: /[?&][\w-]*$/.test(before),
      verb: /^(?:pass|clave|parola)$/i.test(word),
      pair: WITH_NAME.test(before),
    });
    if (secret) found.push({ ...secret, start: end + secret.start, end: end + secret.end });
  }
  return found;
}

function labelOf(groups: { [name: string]: string | undefined }): Label {
  if (groups['inPassword'] !== undefined) return 'password';
  if (groups['inKey'] !== undefined) return 'named';
  return LABELS.find(([label]) => groups[label] !== undefined)?.[0] ?? 'loose';
}

function kindOf(label: Label, word: string): SecretKind {
  if (/^cv|^cid|crypto|pr[üu]f/i.test(word)) return 'card';
  if (label !== 'named' && label !== 'loose') return 'password';
  return /token|jeton|gettone|session|bearer/i.test(word) ? 'token' : 'key';
}

interface Named {
  label: Label;
  kind: SecretKind;
  /** The word is part of a longer name. */
  inName: boolean;
  /** It is a parameter of an address. */
  inAddress: boolean;
  /** The word is a verb, too. */
  verb: boolean;
  /** A name is told with it: `login/password: anna/…`. */
  pair: boolean;
}

/** The first thing behind a name that can be its value. */
function valueBehind(rest: string, named: Named): Secret | undefined {
  const { label, kind, inName } = named;
  // the rest of the name: `s`, `_LIVE`, `_hash`
  const own = /^(?:\(s\)|[\w-]{0,20}(?=["'\]]{0,2}\s{0,2}(?:=|:|,\s?["'])))?/.exec(rest)?.[0].length ?? 0;
  let ways = 0;
  LEADS.lastIndex = own;
  for (let lead = LEADS.exec(rest); lead && ways < MOST_WAYS; lead = LEADS.exec(rest), ways++) {
    const gap = rest.slice(own, lead.index);
    if (gap.length > LONGEST_WAY || ABOUT.test(`${gap} `)) return undefined;
    if (inName && !lead.groups?.['sure']) return undefined;
    const at = lead.index + lead[0].length;
    const way = {
      ...named,
      label,
      gap: gap.trim(),
      sure: !!lead.groups?.['sure'],
      likely: !!lead.groups?.['likely'],
      below: !!lead.groups?.['below'],
    };
    const length = valueAt(rest.slice(at, at + 250), way);
    if (length) return { start: at + length.skipped, end: at + length.skipped + length.length, kind };
    // what a word only may lead to is looked for behind the next one, too
    LEADS.lastIndex = Math.max(at, lead.index + 1);
    const next = /[\s:=>'’"([]/.exec(rest.slice(LEADS.lastIndex));
    if (!next) return undefined;
    LEADS.lastIndex += next.index;
  }
  return undefined;
}

interface Way extends Named {
  gap: string;
  sure: boolean;
  likely: boolean;
  below: boolean;
}

function valueAt(text: string, way: Way): { skipped: number; length: number } | undefined {
  const { label, gap, sure, likely } = way;
  const near = gap === '' || way.below;
  if (label === 'short') {
    const [digits = ''] = /^(?:\d{3}[ -]?\d{3}|\d{3,8})(?![\d.,:/-])/.exec(text) ?? [];
    return digits && isValue(digits, way) ? { skipped: 0, length: digits.length } : undefined;
  }
  if (way.pair && sure && near) {
    const [front = ''] = NAME_IN_FRONT.exec(text) ?? [];
    const second = front && valueAt(text.slice(front.length), { ...way, pair: false });
    if (second) return { skipped: front.length + second.skipped, length: second.length };
  }
  const quoted = /^\s?(["'`“”«„‘])\s?([^\n"'`“”«»„‘’]{3,120})\s?["'`”»“’]/.exec(text);
  if (quoted && !gap.includes(':')) {
    const [all, , value = ''] = quoted;
    const inner = value.trim();
    const skipped = all.indexOf(inner);
    if (isExample(inner)) return undefined;
    if (isValue(inner, way) || (!/\s/.test(inner) && (sure || likely || (near && !way.verb)) && isNamed(inner, way)))
      return { skipped, length: inner.length };
    if (
      label === 'phrase' ||
      (label === 'password' &&
        sure &&
        near &&
        /\s/.test(inner) &&
        inner.split(' ').length < 7 &&
        !/\b(?:is|the|est|le|ist|das|must|your|not)\b/i.test(inner))
    )
      return { skipped, length: inner.length };
  }
  if (label === 'phrase' || label === 'password') {
    const several = (sure || likely) && (GROUPS.exec(text) ?? (label === 'phrase' ? WORDS.exec(text) : null));
    if (several && /\b(?:the|it|is|to|be|used|not|must|that|le|la|est|pour|die|ist|für)\b/.test(several[0])) return undefined;
    if (several) return { skipped: 0, length: several[0].length };
  }
  const [written = ''] = /^\S{1,250}/.exec(text) ?? [];
  // parts of an address and of a line of settings end at its signs
  const cut = (way.inAddress ? /[&#]/ : /;(?=[\w ]+=)|&(?=[a-z]{3,}=)|<\/|[\])},;'"](?=[;,\s\])}])/).exec(written);
  const { value, skipped } = bareValue(cut ? written.slice(0, cut.index) : written);
  const result = { skipped, length: value.length };
  if (isValue(value, way)) return result;
  const clause = text.slice(skipped + value.length);
  return (sure || likely) && REST_OF_CLAUSE.test(clause.trimStart() && clause) && isNamed(value, way) ? result : undefined;
}

/** What could hardly be anything but the value. */
function isValue(value: string, { label, kind, sure, likely, below, gap }: Way): boolean {
  if (value.length < 3 || isExample(value)) return false;
  const surely = sure || likely;
  switch (label) {
    case 'short':
      return surely || (gap === '' && !below && (kind === 'card' ? value.length < 5 : value.length > 3));
    case 'named':
      return (
        looksRandom(value, 16) ||
        (surely && isUnbroken(value)) ||
        (surely && gap.length < 30 && (looksRandom(value, 8) || (value.length > 7 && looksChosen(value))))
      );
    case 'loose':
      return (
        looksRandom(value, surely ? 14 : 20) ||
        (sure && gap === '' && isUnbroken(value)) ||
        (sure && gap === '' && value.length > 9 && looksRandom(value, 10))
      );
    default:
      if (/^\d{4,12}$/.test(value)) return surely && !/^(?:19|20)\d\d$/.test(value) ? true : sure && gap === '';
      return looksChosen(value) && (surely || below || (value.length > 5 && /[^\p{L}]/u.test(value)));
  }
}

/** What is the value where the sentence says so: a plain word. */
function isNamed(value: string, { label, sure, gap, verb }: Way): boolean {
  if ((verb && !sure) || label === 'loose' || label === 'short') return false;
  if (label === 'named') return sure && gap === '' && value.length > 19 && /^[\w/+=-]+$/.test(value);
  return isPlainWord(value) && gap.split(/\s+/).length < 7 && !(sure && gap === '' ? surelyTellsOfState(value) : tellsOfState(value));
}
