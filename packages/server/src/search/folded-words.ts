/** Letters that Unicode does not take apart. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' };
/** Scripts without spaces between words: each character is one. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
/** Longer ones are no words of a language; engines have limits of their own. */
const LONGEST = 64;
const MOST_ASKED = 8;

/** The words of a text as both sides of a search write them: without accents, in lower case, one space between two. */
export function foldedWords(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(ALONE, ' $& ');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST)).join(' ');
}

/** What somebody looks for, word by word, each once. */
export function askedWords(text: string): string[] {
  return [...new Set(foldedWords(text).split(' ').filter(Boolean))].slice(0, MOST_ASKED);
}
