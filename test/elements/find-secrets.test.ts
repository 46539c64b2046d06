import { expect } from '@open-wc/testing';
import { findSecrets } from '../../packages/elements/dist/secret-detector/index.js';
import { mayHoldSecret } from '../../packages/elements/dist/secret-detector/may-hold-secret.js';
import { excerptOf } from '../../packages/elements/dist/secret-detector/secret-question.js';
import { plainSentences } from '../support/plain-sentences.ts';
import { secretStrings, type SecretString } from '../support/secret-strings.ts';

const found = (text: string) => findSecrets(text).map(({ start, end, kind }) => [kind, text.slice(start, end)]);

/** Noticed, and gone with what is taken out; a sign at its ends may be taken for a quotation mark. */
function isNoticed({ text, secret }: SecretString): boolean {
  const at = text.indexOf(secret);
  return findSecrets(text).some(({ start, end }) => start <= at + 2 && end >= at + secret.length - 2);
}

function missed(strings: SecretString[]): string {
  return strings
    .filter((string) => !isNoticed(string))
    .map(({ text }) => text)
    .join('\n');
}

/** What a text is made of that takes long where a pattern is tried again and again. */
const PIECES = (
  'a|1|-|_|=|.|:|@|"|a1|a-|a.|a:|a@|1 |1-|4 4|4111 |password |password: |password is |pass_|pw |token=|?token=|secret: "|eyJ-|eyJa.|$2y$|' +
  '-----BEGIN PRIVATE KEY-----|a:$|admin |admin/|login x |login: a / |mysql |Bearer |SG.a-|http://a:|://a:b|passphrase: w|AAAA-|x=|&a=|credentials are x '
).split('|');

describe('findSecrets', () => {
  for (const [part, seed] of [
    ['tuned', 101],
    ['held-out', 102],
    ['all', 103],
  ] as const) {
    it(`notices at least 95 of 100 made secrets (${part})`, () => {
      const strings = secretStrings(500, seed, part);
      const share = strings.filter(isNoticed).length / strings.length;
      expect(share, missed(strings)).to.be.at.least(0.95);
    });

    it(`is silent about at least 98 of 100 plain sentences (${part})`, () => {
      const sentences = plainSentences(2_000, seed, part);
      const alarms = sentences.filter((text) => findSecrets(text).length);
      expect(alarms.length / sentences.length, [...new Set(alarms)].slice(0, 40).join('\n')).to.be.at.most(0.02);
    });
  }

  it('is asked wherever it would find something', () => {
    const texts = [...secretStrings(2_000, 104).map(({ text }) => text), ...plainSentences(2_000, 104)];
    expect(texts.filter((text) => findSecrets(text).length && !mayHoldSecret(text)).join('\n')).to.equal('');
  });

  it('is not asked about a plain question', () => {
    for (const text of ['Where is my parcel?\nIt is late.', 'How many bytes?', 'My order 482913 has not arrived.', 'Où est mon colis ?'])
      expect(mayHoldSecret(text), text).to.equal(false);
  });

  it('finds several in one text, in order, and names their kinds', () => {
    const text =
      'Login: admin\nPassword: Sommer2024!\nAPI key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0\nVisa 4111 1111 1111 1111\nAuthorization: Bearer q8Zk2LmP0xYw7Vb3';
    expect(found(text)).to.deep.equal([
      ['password', 'Sommer2024!'],
      ['key', '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
      ['card', '4111 1111 1111 1111'],
      ['token', 'q8Zk2LmP0xYw7Vb3'],
    ]);
  });

  it('takes a private key as a whole', () => {
    const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXktdjEA\n'.repeat(20)}-----END OPENSSH PRIVATE KEY-----`;
    expect(found(`Here:\n${key}\nThanks`)).to.deep.equal([['key', key]]);
  });

  it('takes the password of an address and leaves the address', () => {
    expect(found('mysql://shop:h8Kd0pQz@db.example:3306/shop')).to.deep.equal([['password', 'h8Kd0pQz']]);
    expect(found('https://shop.example:8443/@anna/lamp')).to.deep.equal([]);
  });

  it('knows a card by its check digit', () => {
    expect(found('5555-5555-5555-4444')).to.deep.equal([['card', '5555-5555-5555-4444']]);
    expect(found('5555-5555-5555-4445')).to.deep.equal([]);
    expect(found('4242 4242 4242 4242 and 3782 822463 10005')).to.have.length(2);
  });

  it('takes no IBAN, no sum and no mask for a secret', () => {
    for (const text of [
      'FR76 3000 6000 0112 3456 7890 189',
      'DE89370400440532013000',
      'sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'password: ********',
      'DB_PASSWORD=<your password>',
      'card ending in 4242',
    ])
      expect(found(text), text).to.deep.equal([]);
  });

  it('takes nothing for a secret once it is removed', () => {
    for (const { text } of secretStrings(1_000, 105)) {
      for (const marker of ['[removed]', '[retiré]']) {
        let rest = text;
        for (const { start, end } of findSecrets(text).reverse()) rest = rest.slice(0, start) + marker + rest.slice(end);
        expect(
          findSecrets(rest).filter(({ start, end }) => rest.slice(start, end).includes(marker.slice(1, -1))),
          rest,
        ).to.deep.equal([]);
      }
    }
  });

  it('ends soon on long texts that are made to be slow', () => {
    // longer than any message: what grew with the square of the length would not end before the runner gives up
    for (const piece of PIECES) findSecrets(piece.repeat(Math.ceil(50_000 / piece.length)));
  });

  it('reads odd texts', () => {
    for (const text of [
      '',
      '\n',
      '\u0000',
      '😀'.repeat(50),
      '\ud800 password: \ud800x1',
      'password',
      'password:',
      '__proto__',
      '•'.repeat(40),
    ])
      expect(() => findSecrets(text)).not.to.throw();
  });
});

describe('excerptOf', () => {
  it('shows the ends of a long secret and nothing of a short one', () => {
    expect(excerptOf('Sommer2029')).to.equal('S…9');
    expect(excerptOf('4821')).to.equal('•••');
    expect(excerptOf('-----BEGIN PRIVATE KEY-----\nMII')).to.equal('-…I');
  });
});
