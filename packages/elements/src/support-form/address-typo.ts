/** Mail providers behind the end of their domains: they are taken as they are, and what looks like one of them is asked about. */
const PROVIDERS = (
  'com gmail hotmail outlook yahoo icloud googlemail protonmail live gmx,fr orange wanadoo hotmail outlook yahoo live free,' +
  'net laposte gmx telefonica,de gmx web t-online freenet hotmail outlook yahoo live,es hotmail outlook yahoo,' +
  'it libero libera virgilio tiscali hotmail outlook yahoo,pl interia gazeta'
)
  .split(',')
  .map((group) => group.split(' '));

/** Ends that are slips: of no domain at all, or (`co`, `cm`, `om`) of other countries, where those providers are not. */
const SLIP = /^(con|cmo|ocm|[vx]om|comm|nte|rf|ed|ti|lp|co|cm|om)$/;

/** The address that was probably meant where the domain looks mistyped; undefined where it may well be right. */
export function likelyAddress(email: string): string | undefined {
  const [, local, domain = '', name = '', end = ''] = /^(.+@)(\.*([^@]*?)\.*([^.@]+)\.*)$/.exec(email.trim()) ?? [];
  const meant = likelyDomain(name.toLowerCase(), end.toLowerCase());
  return !local || meant === domain.toLowerCase() ? undefined : local + meant;
}

function likelyDomain(name: string, end: string): string {
  // the point was left out
  if (!name) return PROVIDERS.map(([its = '']) => end.endsWith(its) && provider(end.slice(0, -its.length), its)).find(Boolean) || end;
  const ends = PROVIDERS.map(([its = '']) => its);
  const mended = name === 'gmail' ? 'com' : SLIP.test(end) ? nearest(end, ends) : end;
  return provider(name, mended) || `${name}.${/^[co][om]$/.test(end) ? end : mended}`;
}

function provider(name: string, end: string): string {
  const [, ...names] = PROVIDERS.find(([its]) => its === end) ?? [];
  // short names are near to many others, and hardly anybody misses the first letter
  const found = names.includes(name)
    ? name
    : nearest(
        name,
        names.filter((its) => its.length > 4 && its[0] === name[0]),
      );
  return found && `${found}.${end}`;
}

function nearest(text: string, words: string[]): string {
  return words.find((word) => isNear(text, word, word.length > 7 ? 2 : 1)) ?? '';
}

/** True where one becomes the other by so many letters that are added, left out, wrong, or swapped with the next. */
function isNear(a: string, b: string, slips: number): boolean {
  if (a === b || slips < 0) return slips >= 0;
  const goOn = (skipA: number, skipB: number, left = slips - 1) => isNear(a.slice(skipA), b.slice(skipB), left);
  if (a[0] === b[0]) return goOn(1, 1, slips);
  return goOn(1, 0) || goOn(0, 1) || goOn(1, 1) || (a[0] === b[1] && a[1] === b[0] && goOn(2, 2));
}
