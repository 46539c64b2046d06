/** Secrets as people and machines make them, from numbers of one seed. None of them opens anything. */
export class SecretValues {
  readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(from: readonly T[] | string): T {
    return from[this.below(from.length)] as T;
  }

  chars(alphabet: string, length: number): string {
    return Array.from({ length }, () => this.pick<string>(alphabet)).join('');
  }

  digits(length: number): string {
    return this.chars('0123456789', length);
  }

  hex(length: number): string {
    // a number without a letter, or a word without a digit, is no hex to the eye
    return `${this.chars('0123456789abcdef', length - 2)}${this.chars('abcdef', 1)}${this.digits(1)}`;
  }

  base62(length: number): string {
    return `${this.chars(LETTERS + LETTERS.toUpperCase() + DIGITS, length - 3)}${this.digits(1)}${this.pick<string>(LETTERS)}${this.pick<string>(LETTERS.toUpperCase())}`;
  }

  upper(length: number): string {
    return `${this.chars(LETTERS.toUpperCase() + DIGITS, length - 2)}${this.digits(1)}${this.pick<string>(LETTERS.toUpperCase())}`;
  }

  base64(length: number): string {
    return `${this.base62(length - 1)}=`;
  }

  /** What a person thinks up: a word, a year, a sign. */
  chosen(): string {
    const word = this.pick(WORDS);
    const name = word[0]?.toUpperCase() + word.slice(1);
    const number = this.pick(['1', '12', '123', '2024', '2019', '99', '007', '75', '1987', '42']);
    const sign = this.pick(['!', '@', '#', '$', '*', '?', '&', '_', '.', '-']);
    return this.pick([
      `${name}${number}${sign}`,
      `${word}${number}`,
      `${name}${sign}${number}`,
      `${name}${number}`,
      `${this.leet(name)}${number}`,
      `${this.leet(word)}${sign}`,
      `${sign}${name}${number}`,
      `${word}${sign}${this.pick(WORDS)}${number}`,
      `${name}${this.pick(WORDS).toUpperCase()}${number}`,
    ]);
  }

  /** What a password manager makes. */
  made(): string {
    const length = 10 + this.below(12);
    const inside = this.chars(`${LETTERS}${LETTERS.toUpperCase()}${DIGITS}!@#$%^&*+=?~`, length - 4);
    return `${this.pick<string>(LETTERS)}${this.digits(1)}${inside}${this.pick<string>('!@#$%*+?')}${this.pick<string>(LETTERS.toUpperCase())}`;
  }

  /** A plain word. */
  plain(): string {
    return this.pick(WORDS);
  }

  password(): string {
    return this.random() < 0.55 ? this.chosen() : this.made();
  }

  leet(word: string): string {
    return word.replace(/a/g, '@').replace(/o/g, '0').replace(/e/g, '3').replace(/i/g, '1').replace(/s/g, '5');
  }

  account(): string {
    return this.pick([
      'admin',
      'root',
      'demo',
      'anna.keller@example.com',
      'julien.petit@boutique.example',
      'ftpuser',
      'shop_admin',
      'support',
      'dev',
    ]);
  }

  card(): string {
    const [first, length, groups] = this.pick<[string, number, number[]]>([
      ['4', 16, [4, 4, 4, 4]],
      ['51', 16, [4, 4, 4, 4]],
      ['55', 16, [4, 4, 4, 4]],
      ['2223', 16, [4, 4, 4, 4]],
      ['2720', 16, [4, 4, 4, 4]],
      ['34', 15, [4, 6, 5]],
      ['37', 15, [4, 6, 5]],
      ['6011', 16, [4, 4, 4, 4]],
      ['36', 14, [4, 6, 4]],
      ['3530', 16, [4, 4, 4, 4]],
      ['6759', 16, [4, 4, 4, 4]],
    ]);
    const body = first + this.digits(length - first.length - 1);
    const number = body + checkDigit(body);
    const between = this.pick(['', ' ', '-', ' ']);
    let at = 0;
    return groups.map((size) => number.slice(at, (at += size))).join(between);
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const WORDS = [
  'sunshine',
  'dragon',
  'sommer',
  'soleil',
  'marseille',
  'berlin',
  'coffee',
  'pepper',
  'chocolat',
  'banane',
  'hunter',
  'monkey',
  'tigre',
  'winter',
  'lavande',
  'biscuit',
  'falcon',
  'guitar',
  'nutella',
  'papillon',
  'madrid',
  'estrella',
  'ferrari',
  'gatto',
  'kaffee',
];

/** The last digit of a card number (Luhn). */
export function checkDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 ? 1 : 2);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
