import type { Secret, SecretKind } from './find-secrets.js';
import { isExample } from './value-shapes.js';

/** Shapes that say themselves what they are, as their makers publish them. No part of one can be read in two ways, so each is read once. */
const SHAPES: [SecretKind, RegExp][] = [
  // PEM, OpenSSH, PGP (RFC 7468, RFC 9580); one that is cut off is one, too
  [
    'key',
    /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s:,.\\-]{0,8000}?-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s]{0,4000})/g,
  ],
  ['key', /PuTTY-User-Key-File-\d[^]{0,4000}/g],
  ['key', /\bAGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}/gi],
  // Amazon, Google, Azure, Cloudflare
  ['key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g],
  ['key', /\bAIza[\w-]{30,}/g],
  ['key', /\bGOCSPX-[\w-]{20,}/g],
  ['token', /\bya29\.[\w-]{20,}/g],
  ['token', /\b1\/\/0[\w-]{30,}/g],
  // code hosts and registries
  ['token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g],
  ['token', /\bgl(?:pat|rt|dt|cbt|ptt|ft|soat|agent|imt|ffct|oas)-[\w.-]{18,}/g],
  [
    'token',
    /\b(?:npm_[A-Za-z0-9]{20,}|pypi-[\w-]{30,}|dckr_(?:pat|oat)_[\w-]{16,}|rubygems_[a-f0-9]{40,}|ATATT3[\w=-]{20,}|ATBB[\w]{20,})/g,
  ],
  // chat
  ['token', /\bxox[a-z](?:\.xox[a-z])?-[\w%-]{10,}|\bxapp-[\w-]{10,}/g],
  ['token', /(?<!\d)\d{8,10}:AA[\w-]{30,}/g],
  ['token', /(?<![\w.-])[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{25,}/g],
  ['token', /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks)\/[\w/-]{20,}/g],
  // payment
  ['key', /\b(?:sk|rk|pk_sk)_(?:live|test|prod|sandbox)_\w{8,}|\bwhsec_[\w+/=]{16,}|\brzp_(?:live|test)_\w{12,}/g],
  ['key', /\b(?:live|test)_[A-Za-z0-9]{28,}\b/g],
  ['token', /\bsq0[a-z]{3}-[\w-]{20,}|\bEAAA[\w-]{40,}|\baccess_token\$\w+\$\w+\$\w{20,}/g],
  // mail and telephone
  ['key', /\bSG\.[\w-]{14,}\.[\w-]{14,}/g],
  ['key', /\b(?:SK|AC)[0-9a-f]{32}\b/g],
  [
    'key',
    /\bkey-[0-9a-f]{32}\b|\b[0-9a-f]{32}-(?:us\d{1,2}|[0-9a-f]{8}-[0-9a-f]{8})\b|\bxkeysib-[\w-]{30,}|\bxsmtpsib-[\w-]{30,}|\bre_\w{6,12}_\w{16,}|\bmlsn\.[a-f0-9]{32,}/g,
  ],
  // shops and their services
  ['token', /\bshp(?:at|ss|ca|pa|tka|rt)_[A-Za-z0-9]{24,}/g],
  ['key', /\bc[ks]_[0-9a-f]{40}\b/g],
  ['key', /\bsk-(?:[a-z]{2,8}\d*-){0,2}[\w-]{20,}/g],
  [
    'token',
    /\b(?:hf|gsk|r8|nfp|figd|lin_api|ntn|glsa|glc|dop_v1|doo_v1|dor_v1|sntrys|sntryu|pscale_(?:tkn|pw|oauth)|sbp|phc|phx|vcp|fo1|tskey-(?:auth|api)|hvs|hvb|s|secret|pat-[a-z]{2}\d|PMAK|dapi|rdme|xau|lsv2_pt|tvly|pplx|csk|nvapi)[_.-](?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Za-z])[\w-]{24,}/g,
  ],
  ['token', /\bdapi[0-9a-f]{32}\b/g],
  ['token', /\bEAA[A-Z][A-Za-z0-9]{40,}\b/g],
  // JSON Web Tokens (RFC 7519), unsigned ones too
  ['token', /\beyJ[\w-]{8,1000}\.[\w-]{8,}(?:\.[\w-]*){0,3}/g],
  // what stands behind a password: crypt(3), Argon2, bcrypt, Apache, LDAP (RFC 2307), Django
  [
    'password',
    /(?<![\w$])(?:[\w.@-]{1,64}:)?\$(?:[1-7]|2[abxy]?|apr1|y|gy|sha1|md5|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,10}|[PHS]|bcrypt[\w-]{0,10})\$[\w./$,=+-]{12,}/g,
  ],
  ['password', /(?<![\w])\$[PHS]\$[\w./]{20,}/g],
  ['password', /(?:[\w.@-]{1,64}:)?\{S?(?:SHA|MD5|SHA256|SHA512|CRYPT)\}[\w+/=]{16,}/g],
  ['password', /\b(?:pbkdf2_sha\d+|bcrypt_sha256|argon2)\$[\w$,=+/.-]{20,}/g],
];

/** A user and a password in front of a host (RFC 3986 §3.2.1). */
const IN_ADDRESS = /[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@?#"'<>]{0,128}):([^\s/"'<>]{1,128})@(?=[\w[])/dgi;
/** The same without a scheme. */
const BEFORE_HOST = /(?<![\w.%+:/@-])([a-z][\w.-]{1,40}):([^\s:@/"'<>]{4,64})@(?=[a-z\d])/dgi;
const MEANS_OF_CONTACT =
  /^(?:e?-?mail\w*|contact|kontakt|mailto|sip|tel|xmpp|skype|from|to|an|von|de|da|para|cc|bcc|reply-to|acct|correo|courriel|adresse|kunde|client|cliente)$/i;

/** Values of headers that let somebody in (RFC 6750, RFC 7617), and of commands. */
const CARRIED: [SecretKind, RegExp][] = [
  ['token', /\bBearer[ :=]{1,3}["']?(?=[\w.~+/=-]{0,60}\d)([\w.~+/=-]{12,})/dgi],
  ['password', /\bBasic\s{1,2}((?=[\w+/]{0,80}[A-Z\d])[A-Za-z0-9+/]{8,}={0,2})(?![\w.-])/dg],
  ['token', /\b(?:Set-)?Cookie\s?:\s?([^\n]{12,400})/dgi],
  [
    'token',
    /\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|PrestaShop-[0-9a-f]{8,40}|connect\.sid|laravel_session|wordpress_logged_in_\w{4,40})\s?[=:]\s?([\w%.,-]{12,})/dgi,
  ],
  ['password', /\s(?:-u|--user)[ =]?["']?[\w.@-]{1,40}:([^\s"']{3,64})/dg],
  ['password', /\b(?:mysql|mysqldump|mariadb|sshpass|mysqladmin)\b[^\n]{0,80}?\s-p\s?["']?([^\s"'-][^\s"']{3,64})/dg],
  ['password', /\bIDENTIFIED\s+(?:WITH\s+\w{1,30}\s+)?BY\s+["']([^"'\n]{3,100})["']/dgi],
  ['password', /\b(?:requirepass|masterauth|AUTH)\s+(?=\S{0,30}[\d\W])([^\s"']{6,100})/dg],
  ['key', /\b(?:AccountKey|SharedAccessKey|SharedSecretValue)=([\w+/=]{16,})/dgi],
  ['password', /[;{]\s?(?:pwd|password)\s?=\s?([^;\s]{3,100})/dgi],
  // .pgpass: host:port:database:user:password
  ['password', /^[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w*.-]{1,60}:(\S{3,100})$/dgm],
];

/** What is recognised by its own shape, whatever stands around it. */
export function knownTokens(text: string): Secret[] {
  const found: Secret[] = [];
  const take = (kind: SecretKind, { 1: value = '', 2: second, indices }: RegExpExecArray) => {
    const [start, end] = indices?.[second === undefined ? 1 : 2] ?? [0, 0];
    if (!isExample(second ?? value)) found.push({ start, end, kind });
  };
  for (const [kind, shape] of SHAPES)
    for (const { 0: all, index } of text.matchAll(shape)) found.push({ start: index, end: index + all.trimEnd().length, kind });
  for (const [kind, shape] of CARRIED) for (const match of text.matchAll(shape)) take(kind, match);
  for (const match of text.matchAll(IN_ADDRESS)) take('password', match);
  for (const match of text.matchAll(BEFORE_HOST))
    if (!MEANS_OF_CONTACT.test(match[1] ?? '') && /[\d!$%^&*#?+=~]/.test(match[2] ?? '')) take('password', match);
  return found;
}
