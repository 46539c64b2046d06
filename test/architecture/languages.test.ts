import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import * as rules from './language-rules.ts';
import type { Pair, SameWords } from './language-rules.ts';
import { filesBelow, root } from './workspace.ts';

// sources name each other as they are called once built
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      /^\..*\.js$/.test(specifier) && /\/packages\/\w+\/src\//.test(context.parentURL ?? '') ? specifier.replace(/js$/, 'ts') : specifier,
      context,
    ),
});
const load = async (file: string) => (await import(path.join(root, file))) as Record<string, unknown>;

const SAME: SameWords[] = [
  {
    why: 'names of products, protocols, formats and keys, and what programs read',
    words: { '*': 'SSH SFTP FTP MySQL MariaDB PostgreSQL SHA-256 SHA256:… j k r u ltr'.split(' ').concat('Storefront Support') },
  },
  {
    why: 'names printed on the keys of that language',
    words: { ar: ['Enter'], cs: ['Enter'], he: ['Enter'], nl: ['Enter'], pl: ['Enter'], pt: ['Enter'] },
  },
  {
    why: 'words of computing that the language has taken over',
    words: {
      cs: ['E-mail', 'Port'],
      de: ['Bytes', 'Passkeys', 'Support', 'Ticket', 'Tickets', 'Port', 'Status'],
      es: ['Bytes', '0 bytes'],
      fr: ['E-mail', 'Ticket', 'Tickets'],
      it: ['Account', 'Database', 'E-mail', 'File', 'Password', 'Ticket', 'database', 'file'],
      nl: ['Account', 'Bytes', 'Database', 'Filters', 'Passkeys', 'Ticket', 'Tickets', '0 bytes', 'database'],
      pl: ['E-mail', 'Folder', 'Port'],
      pt: ['Bytes', 'E-mail', 'Ticket', 'Tickets', '0 bytes'],
    },
  },
  {
    why: 'words of common descent, spelled alike',
    words: {
      cs: ['ampersand', 'plus'],
      de: ['Name', 'optional', '(optional)'],
      es: ['No'],
      fr: 'Agent Contact Message Messages Note Port Secret Service Type apostrophe dollar plus tilde'.split(' '),
      it: ['No', 'tilde'],
      nl: ['Contact', 'Open', 'Protocol', 'Status', 'Type', 'plus', 'tilde'],
      pl: ['ampersand', 'plus'],
    },
  },
];

/** Something follows them on the same line. */
const OUTER_BLANKS = new Set(['lend.asks']);

const FOLDERS = ['packages/elements/src/locales', 'packages/inbox/src/locales', 'packages/server/src/locales'];
const LOCALE_FILE = /\/([a-z]{2})((?:-(?:tracker|vault|reveal))?)\.ts$/;

const elementsIndex = await load('packages/elements/src/locales/index.ts');
const { languages } = (await load('packages/elements/src/locales/text-table.ts')) as { languages: readonly string[] };
const { inboxLanguages, inboxLocale } = (await load('packages/inbox/src/locales/index.ts')) as {
  inboxLanguages: string[];
  inboxLocale: (wishes: string[]) => { tag: string; file: string; dir: string };
};
const { localeOf } = (await load('packages/elements/src/base/localize.ts')) as {
  localeOf: (element: object) => { tag: string; file: string; dir: string };
};
const { NAMES, name } = (await load('packages/embed/src/launcher-name.ts')) as {
  NAMES: { [language: string]: string };
  name: (button: { textContent: string; getRootNode: () => object }) => void;
};
const { listOfLocales } = (await load('packages/vault-page/src/base/page-locale.ts')) as {
  listOfLocales: (wishes: string[]) => { tag: string; file: string; dir: string };
};
const { chooseLanguage } = (await load('packages/server/src/pages/choose-language.ts')) as {
  chooseLanguage: (wanted: string, locales: readonly string[]) => string;
};
/** What the choice of a language asks of an element: its own wish, and the `lang` around it. */
const elementWith = (locale: string, lang = '') => ({
  locale,
  dir: '',
  closest: () => ({ getAttribute: () => lang }),
  getRootNode: () => ({}),
});
const { LOCALES, languageOf } = (await load('packages/server/src/locales/index.ts')) as {
  LOCALES: { [language: string]: { dir: string } };
  languageOf: (...wanted: string[]) => string;
};
const localeFiles = FOLDERS.flatMap(filesBelow).filter((file) => LOCALE_FILE.test(file));

/** What a file of a language says. */
async function tableOf(file: string): Promise<rules.Table> {
  const { sentenceOf: _, ...texts } = await load(file);
  const [only, ...others] = Object.entries(texts);
  return rules.tableOf(only && others.length === 0 && /^[a-z]{2}$/.test(only[0]) ? only[1] : texts);
}

const pairs: Pair[] = [];
for (const file of localeFiles) {
  const [, language = '', part = ''] = LOCALE_FILE.exec(file) ?? [];
  pairs.push({
    name: `${file.split('/')[1]}/${language}${part}`,
    language,
    source: readFileSync(path.join(root, file), 'utf8'),
    table: await tableOf(file),
    english: await tableOf(file.replace(LOCALE_FILE, `/en${part}.ts`)),
  });
}
const translated = pairs.filter(({ language }) => language !== 'en');
const rightToLeft = translated.filter(({ language }) => LOCALES[language]?.dir === 'rtl');

/** A copy of a file, with one of its sentences put otherwise. */
function planted(name: string, path: string, change: (text: never) => unknown): Pair {
  const pair = pairs.find((candidate) => candidate.name === name);
  const text = pair?.table.get(path);
  assert.ok(pair && text !== undefined, `${name} ${path} is not there to be changed`);
  return { ...pair, table: new Map(pair.table).set(path, change(text as never) as string) };
}

describe('texts', () => {
  it('are there in the same languages wherever people read any', async () => {
    assert.ok(languages.length > 1, 'no languages were found');
    const tables = Object.entries(elementsIndex).filter(([name]) => name.endsWith('Texts')) as [
      string,
      (language: string) => Promise<object>,
    ][];
    assert.ok(tables.length > 1, 'no tables were found');
    for (const language of languages) {
      const files = localeFiles.filter((file) => file.startsWith(FOLDERS[0] as string) && LOCALE_FILE.exec(file)?.[1] === language);
      const texts = (await Promise.all(files.map(load))).flatMap((file) => Object.values(file));
      for (const [name, table] of tables) assert.ok(texts.includes(await table(language)), `${name} of ${language} is that of another`);
    }
    assert.deepEqual(inboxLanguages, languages);
    assert.deepEqual(Object.keys(LOCALES), languages);
    const expected = languages.flatMap((language) => [language, `${language}-reveal`, `${language}-tracker`, `${language}-vault`]).sort();
    const namesIn = (folder: string) =>
      pairs
        .map(({ name }) => name.split('/'))
        .filter(([first]) => first === folder)
        .map(([, last]) => last);
    assert.deepEqual(namesIn('elements').sort(), expected);
    for (const folder of ['inbox', 'server']) assert.deepEqual(namesIn(folder).sort(), [...languages].sort());
  });

  it('run the same way on every side', () => {
    for (const language of languages) {
      assert.equal(LOCALES[language]?.dir, inboxLocale([language]).dir);
      assert.equal(LOCALES[language]?.dir, localeOf(elementWith(language)).dir);
    }
  });

  it('say everything English says, and nothing else', () => {
    assert.deepEqual(pairs.flatMap(rules.keysToMend), []);
    const lacking = planted('elements/de', 'form.heading', String);
    lacking.table.delete('form.heading');
    assert.equal(rules.keysToMend(lacking).length, 1);
    const left = planted('inbox/de', 'title', String);
    left.table.set('gone', 'weg');
    assert.equal(rules.keysToMend(left).length, 1);
    assert.equal(rules.keysToMend(planted('server/de', 'mail.held.subject', () => 'Betreff')).length, 1);
  });

  it('are translated, but for words that are the same', () => {
    const used = new Set<string>();
    assert.deepEqual(
      translated.flatMap((pair) => rules.untranslated(pair, SAME, used)),
      [],
    );
    assert.deepEqual(rules.unusedWords(SAME, used), []);
    assert.deepEqual(rules.unusedWords([{ why: '', words: { de: ['Fax'] } }], used), ['de: Fax']);
    assert.equal(
      rules.untranslated(
        planted('elements/de', 'form.heading', () => 'Write to us'),
        SAME,
      ).length,
      1,
    );
    const remove = (name: string) => `Remove ${name}`;
    assert.equal(
      rules.untranslated(
        planted('elements/he', 'files.remove', () => remove),
        SAME,
      ).length,
      1,
    );
  });

  it('have every plural form that a whole number can ask for', () => {
    assert.deepEqual(pairs.flatMap(rules.pluralsToMend), []);
    const changed = (name: string, from: RegExp, to: string) => {
      const pair = pairs.find((candidate) => candidate.name === name) as Pair;
      const source = pair.source.replace(from, to);
      assert.notEqual(source, pair.source);
      return rules.pluralsToMend({ ...pair, source });
    };
    assert.equal(changed('elements/pl', /\bfew: /, 'two: ').length, 1);
    assert.equal(changed('elements/ar-tracker', /\bzero: /, 'none: ').length, 1);
    assert.equal(changed('elements/he-vault', /plural\('he'/, "plural('ar'").length, 1);
    assert.equal(changed('server/cs', /sizeIn\('cs'/, "sizeIn('pl'").length, 1);
  });

  it('show what English shows, whatever the number', () => {
    assert.deepEqual(pairs.flatMap(rules.placeholdersToMend), []);
    const faults: Pair[] = [
      planted('elements/es', 'messages.didYouMean', () => () => '¿?'),
      planted(
        'elements/cs',
        'messages.charactersLeft',
        (say: (count: number, shown: string) => string) => (count: number, shown: string) =>
          count === 3 ? 'zbývají znaky' : say(count, shown),
      ),
      planted(
        'elements/ar',
        'messages.summary',
        (say: (count: number, shown: string) => string) => (count: number, shown: string) => (count === 11 ? 'أمور' : say(count, shown)),
      ),
      planted('inbox/pl', 'found', (say: (count: string, more: boolean) => string) => (_: string, more: boolean) => say('', more)),
      planted('server/it', 'mail.closed.closed', (say: (...values: string[]) => string) => (number: string) => say(number, number)),
      planted(
        'server/nl',
        'accessMail.access-opened.subject',
        (say: (...values: string[]) => string) => (number: string, desk: string) => say(number) + desk,
      ),
    ];
    for (const fault of faults) assert.equal(rules.placeholdersToMend(fault).length, 1, fault.name);
  });

  it('are written with the signs of print', () => {
    assert.deepEqual(
      pairs.flatMap((pair) => rules.signsToMend(pair, OUTER_BLANKS)),
      [],
    );
    const blanks = new Set(pairs.flatMap((pair) => rules.signsToMend(pair)).map((finding) => finding.split(/[ :]/)[1]));
    assert.deepEqual(blanks, OUTER_BLANKS);
    for (const text of [
      "aujourd'hui",
      'le "mot"',
      'Envoi...',
      ' Envoi',
      'Envoi ',
      'un  mot',
      'un mot\u00a0 là',
      'Quoi ?',
      'Quoi\u00a0?',
      'Quoi?',
      'Voici: là',
      '« mot\u00a0»',
      'اسم, رقم',
    ])
      assert.equal(rules.signsToMend(planted('elements/fr', 'form.sending', () => text)).length, 1, text);
    assert.equal(rules.signsToMend(planted('elements/fr', 'files.remove', () => (name: string) => `Retirer "${name}"`)).length, 1);
    assert.equal(rules.signsToMend(planted('elements/es', 'form.sending', () => 'Seguro?')).length, 1);
    assert.equal(rules.signsToMend(planted('elements/de', 'form.sending', () => '“So”')).length, 1);
  });

  it('keep what may run from left to right apart where lines begin at the right', () => {
    assert.ok(rightToLeft.length > 0, 'no language was found that runs from right to left');
    assert.deepEqual(rightToLeft.flatMap(rules.isolatesToMend), []);
    const bare =
      (say: (...values: string[]) => string) =>
      (...values: string[]) =>
        say(...values).replace(/[\u2068\u2069]/g, '');
    for (const [name, path] of [
      ['elements/ar', 'files.remove'],
      ['elements/he', 'messages.didYouMean'],
      ['elements/he-vault', 'lend.origin'],
      ['elements/ar-tracker', 'signIn.notHere'],
      ['inbox/he', 'removePasskey'],
      ['server/ar', 'mail.signIn.open'],
    ] as const)
      assert.equal(rules.isolatesToMend(planted(name, path, bare)).length, 1, `${name} ${path}`);
    const open = (say: (name: string) => string) => (name: string) => say(name).replace('\u2069', '');
    assert.equal(rules.isolatesToMend(planted('elements/ar', 'files.remove', open)).length, 1);
  });

  it('keep a number before its unit from right to left where the unit is written from left to right', () => {
    const sizes = ['messages.fileLimits', 'files.tooLarge', 'files.totalTooLarge', 'form.fileLimits'];
    let said = 0;
    for (const { name, language, table } of rightToLeft) {
      const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte' }).format(50);
      // a mark before it, for an isolate would turn round what Hebrew says of one megabyte: the unit, a mark of its own, the number
      if (!/[A-Za-z]/.test(size)) continue;
      for (const [path, text] of table) {
        if (typeof text !== 'function' || !sizes.some((end) => path.endsWith(end))) continue;
        for (const count of [1, 10]) {
          const sentence = path.endsWith('fileLimits') ? text(count, '10', size, size) : text(...['name', size].slice(-text.length));
          assert.doesNotMatch(sentence.replaceAll(`\u200e${size}`, ''), /MB/, `${name} ${path}`);
          said += 1;
        }
      }
    }
    assert.ok(said > 0);
  });

  it('call a launcher the same before and after its element is there', () => {
    const labels = Object.fromEntries(
      pairs
        .filter(({ table }) => table.has('form.launcher'))
        .map(({ language, table }) => [language, table.get('form.launcher') as string]),
    );
    assert.deepEqual(Object.keys(labels).sort(), [...languages].sort());
    assert.deepEqual(rules.launchersToMend(NAMES, labels), []);
    assert.equal(rules.launchersToMend({ ...NAMES, de: 'Hilfe' }, labels).length, 1);
    assert.equal(rules.launchersToMend({ ...NAMES, xx: 'Hilfe' }, labels).length, 1);
  });
});

describe('the language of texts', () => {
  const cases: [wish: string, next: string, language: string][] = [
    ['pt-BR', 'fr', 'pt'],
    ['zh-Hant-TW', 'es-MX', 'es'],
    ['en_US', 'fr', 'en'],
    ['iw', 'fr', 'he'],
    ['DE-at', 'fr', 'de'],
    ['not a tag', 'nl', 'nl'],
    ['', 'cs', 'cs'],
  ];
  for (const [wish, next, language] of cases)
    it(`is ${language} for “${wish}”, then ${next}`, () => {
      assert.equal(localeOf(elementWith(wish, next)).file, language);
      assert.equal(languageOf(wish, next), language);
      assert.equal(inboxLocale([wish, next]).file, language);
      assert.equal(listOfLocales([wish, next]).file, language);
      assert.equal(chooseLanguage(`${wish};q=0.9, ${next};q=0.8`, ['ru', ...languages]), language);
      // as its theme writes it, in a page of the next language
      const host = { ...elementWith('', next), getAttribute: () => wish };
      const button = { textContent: '', getRootNode: () => ({ host }) };
      name(button);
      assert.equal(button.textContent, NAMES[language]);
    });

  it('comes with the tag of the wish, which writes dates and numbers', () => {
    assert.deepEqual(localeOf(elementWith('pt_BR')), { tag: 'pt-BR', file: 'pt', dir: 'ltr' });
    assert.deepEqual(inboxLocale(['zh', 'pt_BR']), { tag: 'pt-BR', file: 'pt', dir: 'ltr' });
    assert.deepEqual(listOfLocales(['zh', 'pt_BR']), { tag: 'pt-BR', file: 'pt', dir: 'ltr' });
    assert.deepEqual(listOfLocales(['iw-IL']), { tag: 'he-IL', file: 'he', dir: 'rtl' });
    assert.deepEqual(localeOf(elementWith('iw-IL')), { tag: 'he-IL', file: 'he', dir: 'rtl' });
  });
});
