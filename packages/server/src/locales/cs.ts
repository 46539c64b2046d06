import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Váš požadavek ${number} – ${desk}`,
    greeting: 'Dobrý den,',
    received: (contact, desk) => `vaše zpráva dorazila. Příjemce: ${desk} (${contact}).`,
    number: (number) => `Číslo vašeho požadavku je ${number}. Uveďte ho prosím, až se na nás v této věci znovu obrátíte.`,
    due: (time) => `Odpovíme nejpozději: ${time}.`,
    follow: 'Zde můžete svůj požadavek sledovat. V jiném zařízení se přihlaste touto e-mailovou adresou:',
    notYou: 'Vy jste nám nepsali? Pak někdo omylem zadal vaši adresu. Nemusíte nic dělat.',
    otherWays: 'Další kontakty:',
    automatic: 'Tento e-mail byl odeslán automaticky.',
  },
  answer: {
    subject: (number, desk) => `Odpověď na váš požadavek ${number} – ${desk}`,
    answered: (number, contact, desk) => `na váš požadavek ${number} odpovídá ${desk} (${contact}).`,
    read: 'Odpověď si přečtete zde:',
    readAndReply: 'Vše si přečtete a odpovíte zde:',
  },
  closed: {
    subject: (number, desk) => `Váš požadavek ${number} je uzavřen – ${desk}`,
    closed: (number, desk) => `váš požadavek ${number} (${desk}) byl uzavřen.`,
    reopen: (time) => `Zůstalo ještě něco otevřené? Požadavek můžete znovu otevřít, nejpozději: ${time}.`,
    read: 'Najdete ho zde:',
  },
  signIn: {
    subject: (desk) => `Přihlášení – ${desk}`,
    open: (desk) => `tento odkaz vám ukáže vaše požadavky (${desk}):`,
    short: 'Platí jednou a deset minut. Otevřete ho prosím v prohlížeči, ve kterém jste o něj požádali.',
    notYou: 'Nežádali jste o něj? Pak nic nedělejte a nikomu ho nepředávejte: kdo odkaz má, může vaše požadavky číst.',
  },
  held: {
    subject: (desk) => `Potvrďte prosím svou zprávu – ${desk}`,
    confirm: (desk) => `někdo poslal zprávu (${desk}) a uvedl tuto adresu. Pokud jste to vy, otevřete tuto stránku a zprávu potvrďte:`,
    until: (time) => `Předtím ji nikdo nečte. Bez potvrzení ji smažeme: ${time}.`,
    notYou: 'Nejste to vy? Pak nemusíte nic dělat; na stejné stránce můžete zprávu také smazat.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'před nákupem',
    labels: {
      number: 'Požadavek',
      contact: 'Kontakt',
      from: 'Od',
      orderReference: 'Objednávka',
      received: 'Přijato',
      due: 'Odpovědět do',
      language: 'Jazyk',
      subject: 'Předmět',
      files: 'Soubory',
    },
    filesNotAttached: 'příliš velké pro e-mail, uloženo na serveru',
    reply: 'Odpověď na tento e-mail dostane zákazník. Adresa je taková, jakou zadal; nebyla ověřena.',
    notKept: 'Tato zpráva a její soubory na serveru nezůstávají: tento e-mail je jediný exemplář.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] je nyní váš (${desk})`,
    assigned: (number, contact, desk) => `Požadavek ${number} (${contact}, ${desk}) byl přidělen vám.`,
    comment: 'Komentář:',
    where: 'Co zákazník napsal, najdete ve schránce, ne v tomto e-mailu.',
  },
  bytes: (count) => sizeIn('cs', count, ['B', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `Toto je řádek ${seq} seznamu „Kdo co udělal“ a jeho kontrolní součet je ${check}. Podle tohoto e-mailu později poznáte, zda byl seznam zkrácen nebo přepsán.`,
  'access-asked': {
    subject: (number, desk) => `Žádost o dočasný přístup (${number}) – ${desk}`,
    happened: (number, desk, time) =>
      `náš tým (${desk}) žádá o dočasný přístup do vašeho obchodu, aby mohl vyřešit váš požadavek ${number}: ${time}.`,
    hint: 'Neposílejte prosím hesla e-mailem ani ve zprávě. Na tomto odkazu se vaše zadání zašifruje ve vašem zařízení a vy určíte, jak dlouho půjde číst.',
    follow: 'Podívejte se, kdo žádá a proč, a odpovězte, nebo odmítněte:',
  },
  'access-opened': {
    subject: (number) => `Váš přístup byl otevřen (${number})`,
    happened: (number, desk, time) => `náš tým (${desk}) otevřel přístup, který jste poskytli k požadavku ${number}: ${time}.`,
    hint: '',
    follow: 'Podívejte se, kdo to byl a proč, nebo přístup hned smažte:',
  },
  'access-ended': {
    subject: (number) => `Váš přístup byl smazán (${number})`,
    happened: (number, desk, time) => `přístup, který jste poskytli k požadavku ${number} (${desk}), byl u nás smazán: ${time}.`,
    hint: 'Teď zavřete dveře i ve svém obchodě: smažte účet, změňte heslo nebo odeberte klíč.',
    follow: 'Co ještě zbývá udělat:',
  },
  'access-reminder': {
    subject: (number) => `Jsou dveře zavřené? (${number})`,
    happened: (number, desk, time) =>
      `přístup, který jste poskytli k požadavku ${number} (${desk}), skončil: ${time}. Ve vašem obchodě ještě něco zbývá udělat.`,
    hint: 'Dokud nesmažete účet, nezměníte heslo nebo neodeberete klíč, přístup tam stále funguje.',
    follow: 'Co ještě zbývá udělat:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Zákazník nabízí přístup (${desk})`,
    happened: (number, desk, time) => `zákazník požadavku ${number} (${desk}) nabízí dočasný přístup: ${time}.`,
    hint: 'Přijměte ho, nebo odmítněte ve schránce. Dřív nelze nic zadat.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Napište nám',
    intro: 'Po odeslání dostanete e-mail s odkazem. Zprávu si přečteme, jakmile ji tam potvrdíte.',
    contact: 'Komu?',
    choose: 'Vyberte',
    preSale: 'Dotaz před nákupem',
    preSaleHint: 'Bez čísla objednávky.',
    name: 'Jméno',
    email: 'E-mail',
    order: 'Číslo objednávky',
    optional: 'nepovinné',
    subject: 'Předmět',
    message: 'Zpráva',
    files: 'Soubory',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Souborů nejvýše ${shown}, každý do ${perFile}, celkem do ${all}.` : `Jeden soubor do ${perFile}.`,
    leaveEmpty: 'Toto pole nechte prosím prázdné',
    send: 'Odeslat',
    otherWays: 'Další kontakty',
  },
  problems: {
    required: (label) => `${label}: prosím vyplňte.`,
    'too-short': (label, limit) => `${label}: nejmenší počet znaků je ${limit}.`,
    'too-long': (label, limit) => `${label}: největší počet znaků je ${limit}.`,
    invalid: (label) => `${label}: prosím zkontrolujte.`,
    'not-allowed': (label) => `${label}: prosím nechte prázdné.`,
    unknown: (label) => `${label}: už nelze najít.`,
    'too-many': (label, limit) => `${label}: nejvýše ${limit}.`,
    'too-large': (label, limit) => `${label}: nejvýše ${limit}.`,
    'not-finished': (label) => `${label}: nedorazilo všechno.`,
  },
  problemContact: 'Vyberte prosím, komu píšete.',
  problemEmail: 'E-mail: napište prosím adresu jako jmeno@example.com.',
  files: {
    wrongType: (name) => `${name}: obchod tento typ souboru nepřijímá.`,
    tooLarge: (name, limit) => `${name}: větší než ${limit}. Vyberte prosím menší soubor.`,
    chooseAgain: (names) => `Prohlížeče si vybrané soubory nepamatují. Chcete-li je odeslat, vyberte je prosím znovu: ${names}.`,
  },
  summary: (count, shown) =>
    plural('cs', count, {
      one: 'Jeden údaj k opravě',
      few: `${shown} údaje k opravě`,
      many: `${shown} údaje k opravě`,
      other: `${shown} údajů k opravě`,
    }),
  notSent: 'Vaše zpráva nebyla odeslána',
  kept: 'Celý váš text najdete ve formuláři níže.',
  notKept: 'Váš text je ještě na předchozí stránce: vraťte se na ni v prohlížeči.',
  errors: {
    sendFromHere: 'Stránka, ze které přicházíte, neříká, ke kterému obchodu patří. Zkontrolujte prosím zprávu a odešlete ji odsud.',
    notAllowed: 'Ze stránky, ze které přicházíte, obchod zprávy nepřijímá.',
    looksAutomated: 'Náš filtr spamu to považoval za zprávu od robota. Odešlete ji prosím ještě jednou, nebo nás kontaktujte jinak.',
    noDesk: 'Tento formulář není propojen s žádným obchodem.',
    tooLarge: 'To je víc, než obchod najednou přijme. Zkraťte prosím text, nebo pošlete méně souborů či menší.',
    broken: 'Vaše zpráva nedorazila celá. Odešlete ji prosím ještě jednou.',
    tooMany: (wait) => `Příliš mnoho zpráv za krátkou dobu. Do dalšího pokusu: ${wait}.`,
    linkWaits:
      'Na tuto adresu jsme už poslali odkaz, který zatím nebyl použit. Najděte prosím ten e-mail a nejdřív otevřete jeho odkaz; pak můžete odeslat i tuto zprávu.',
    busy: 'Obchod teď nemůže zprávy přijímat. Zkuste to prosím o něco později.',
    internal: 'Na naší straně došlo k chybě. Zkuste to prosím znovu.',
  },
  held: {
    title: 'Podívejte se prosím do své schránky',
    sent: (email) => `Poslali jsme e-mail na adresu ${email}.`,
    what: 'Otevřete odkaz v něm a zprávu potvrďte. Teprve pak ji dostaneme a vy získáte její číslo.',
    until: (time) => `Odkaz přestane platit a zpráva se smaže: ${time}.`,
    notArrived:
      'E-mail nedorazil ani po několika minutách? Podívejte se prosím do nevyžádané pošty a zkontrolujte adresu výše. Je-li chybná, vraťte se a odešlete zprávu znovu.',
  },
  confirm: {
    title: 'Je tato zpráva od vás?',
    ask: (desk, time) => `S vaší adresou byla napsána zpráva (${desk}): ${time}.`,
    hint: 'Doručíme ji, jakmile ji potvrdíte. Pokud není od vás, smažte ji, nebo nedělejte nic.',
    confirm: 'Ano, doručit zprávu',
    discard: 'Ne, smazat ji',
  },
  filed: {
    title: 'Vaše zpráva dorazila',
    number: 'Číslo vašeho požadavku',
    keep: 'Toto číslo si prosím poznamenejte. Pomůže nám zprávu najít, až se nám znovu ozvete.',
    contact: (name) => `Příjemce: ${name}.`,
    due: (time) => `Odpovíme nejpozději: ${time}.`,
    mailQueued: 'E-mail s tímto číslem je na cestě k vám.',
    mailWithheld: 'E-mail s tímto číslem tentokrát nepřijde.',
  },
  discarded: { title: 'Zpráva je smazána', text: 'Nikdo ji nečetl.' },
  gone: {
    title: 'Tento odkaz už nefunguje',
    text: 'Zpráva byla smazána, nebo je odkaz starší než jeden den. Napište nám prosím znovu. Pokud jste odkaz zkopírovali, ověřte, že je celý.',
  },
  refused: {
    title: 'Tuto zprávu už nelze doručit',
    text: 'Obchod od té doby změnil, co přijímá. Napište nám prosím znovu.',
  },
  writeAgain: 'Napsat zprávu',
};

export const cs: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
