import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `Zgłoszenie ${number} do ${desk}`,
    greeting: 'Dzień dobry,',
    received: (contact, desk) => `otrzymaliśmy Państwa wiadomość. Adresat: ${desk} (${contact}).`,
    number: (number) => `Numer zgłoszenia to ${number}. Prosimy go podać przy kolejnym kontakcie w tej sprawie.`,
    due: (time) => `Odpowiemy najpóźniej: ${time}.`,
    follow: 'Zgłoszenie można śledzić tutaj. Na innym urządzeniu prosimy zalogować się tym adresem e-mail:',
    notYou: 'To nie Państwo do nas napisali? W takim razie ktoś omyłkowo wpisał ten adres. Nie trzeba nic robić.',
    otherWays: 'Inny kontakt:',
    automatic: 'Ta wiadomość została wysłana automatycznie.',
  },
  answer: {
    subject: (number, desk) => `Odpowiedź na zgłoszenie ${number} do ${desk}`,
    answered: (number, contact, desk) => `na zgłoszenie ${number} odpowiada ${desk} (${contact}).`,
    read: 'Odpowiedź można przeczytać tutaj:',
    readAndReply: 'Tutaj można przeczytać całość i odpowiedzieć:',
  },
  closed: {
    subject: (number, desk) => `Zgłoszenie ${number} do ${desk} jest zamknięte`,
    closed: (number, desk) => `Państwa zgłoszenie ${number} do ${desk} zostało zamknięte.`,
    reopen: (time) => `Coś jeszcze zostało do wyjaśnienia? Zgłoszenie można otworzyć ponownie. Termin: ${time}.`,
    read: 'Zgłoszenie jest tutaj:',
  },
  signIn: {
    subject: (desk) => `Logowanie do ${desk}`,
    open: (desk) => `ten link pokaże Państwa zgłoszenia do ${desk}:`,
    short: 'Działa jeden raz, w ciągu dziesięciu minut. Prosimy otworzyć go w tej samej przeglądarce, w której o niego poproszono.',
    notYou: 'To nie była Państwa prośba? Prosimy nic nie robić i nikomu go nie przekazywać: kto ma link, może czytać Państwa zgłoszenia.',
  },
  held: {
    subject: (desk) => `Prosimy potwierdzić wiadomość do ${desk}`,
    confirm: (desk) =>
      `ktoś napisał do ${desk} i podał ten adres. Jeśli to Państwa wiadomość, prosimy otworzyć tę stronę i ją potwierdzić:`,
    until: (time) => `Wcześniej nikt jej nie przeczyta. Bez potwierdzenia zostanie usunięta: ${time}.`,
    notYou: 'To nie Państwo? Nie trzeba nic robić; można też usunąć wiadomość na tej samej stronie.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'przed zakupem',
    labels: {
      number: 'Zgłoszenie',
      contact: 'Kontakt',
      from: 'Od',
      orderReference: 'Zamówienie',
      received: 'Otrzymano',
      due: 'Termin odpowiedzi',
      language: 'Język',
      subject: 'Temat',
      files: 'Pliki',
    },
    filesNotAttached: 'za duże na e-mail, zapisane na serwerze',
    reply: 'Odpowiedź na tę wiadomość trafi do klienta. Adres jest taki, jaki wpisał klient; nie został sprawdzony.',
    notKept: 'Tej wiadomości i jej plików nie ma na serwerze: ten e-mail jest jedynym egzemplarzem.',
  },
  assignment: {
    subject: (number, desk) => `[${number}] przydzielono Państwu (${desk})`,
    assigned: (number, contact, desk) => `Przydzielono Państwu zgłoszenie ${number} (${contact}, ${desk}).`,
    comment: 'Komentarz:',
    where: 'To, co napisał klient, jest w skrzynce zgłoszeń, a nie w tej wiadomości.',
  },
  bytes: (count) => sizeIn('pl', count, ['B', 'kB', 'MB']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `To wiersz ${seq} listy „Kto co zrobił”, a jego suma kontrolna to ${check}. Dzięki tej wiadomości można później stwierdzić, czy listę skrócono lub przepisano.`,
  'access-asked': {
    subject: (number, desk) => `${desk} prosi o tymczasowy dostęp (${number})`,
    happened: (number, desk, time) =>
      `pracownik ${desk} prosi o tymczasowy dostęp do Państwa sklepu, aby zająć się zgłoszeniem ${number}: ${time}.`,
    hint: 'Prosimy nie wysyłać haseł e-mailem ani w wiadomości. Pod tym linkiem wpisane dane są szyfrowane na Państwa urządzeniu i to Państwo decydują, jak długo można je odczytać.',
    follow: 'Tutaj widać, kto prosi i dlaczego; można odpowiedzieć lub odmówić:',
  },
  'access-opened': {
    subject: (number) => `Otwarto Państwa dostęp (${number})`,
    happened: (number, desk, time) => `pracownik ${desk} otworzył dostęp udzielony na potrzeby zgłoszenia ${number}: ${time}.`,
    hint: '',
    follow: 'Tutaj widać, kto to był i dlaczego; dostęp można od razu usunąć:',
  },
  'access-ended': {
    subject: (number) => `Państwa dostęp usunięto (${number})`,
    happened: (number, desk, time) => `dostęp udzielony ${desk} na potrzeby zgłoszenia ${number} został u nas usunięty: ${time}.`,
    hint: 'Prosimy zamknąć drzwi także w sklepie: usunąć konto, zmienić hasło lub usunąć klucz.',
    follow: 'Lista tego, co zostało do zrobienia:',
  },
  'access-reminder': {
    subject: (number) => `Czy drzwi są zamknięte? (${number})`,
    happened: (number, desk, time) =>
      `dostęp udzielony ${desk} na potrzeby zgłoszenia ${number} się zakończył: ${time}. W sklepie zostało jeszcze coś do zrobienia.`,
    hint: 'Dopóki konto nie zostanie usunięte, hasło zmienione lub klucz usunięty, dostęp nadal tam działa.',
    follow: 'Lista tego, co zostało do zrobienia:',
  },
  'access-offered': {
    subject: (number, desk) => `[${number}] Klient proponuje dostęp (${desk})`,
    happened: (number, desk, time) => `klient ze zgłoszenia ${number} (${desk}) proponuje tymczasowy dostęp: ${time}.`,
    hint: 'Prosimy przyjąć lub odrzucić to w skrzynce zgłoszeń. Wcześniej niczego nie można wpisać.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'Napisz do nas',
    intro: 'Po wysłaniu otrzymają Państwo e-mail z linkiem. Przeczytamy wiadomość, gdy zostanie tam potwierdzona.',
    contact: 'Do kogo?',
    choose: 'Wybierz',
    preSale: 'Pytanie przed zakupem',
    preSaleHint: 'Bez numeru zamówienia.',
    name: 'Imię i nazwisko',
    email: 'E-mail',
    order: 'Numer zamówienia',
    optional: 'opcjonalnie',
    subject: 'Temat',
    message: 'Wiadomość',
    files: 'Pliki',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `Do ${shown} plików, każdy do ${perFile}, razem do ${all}.` : `Jeden plik do ${perFile}.`,
    leaveEmpty: 'Prosimy zostawić to pole puste',
    send: 'Wyślij',
    otherWays: 'Inny kontakt',
  },
  problems: {
    required: (label) => `${label}: prosimy wypełnić.`,
    'too-short': (label, limit) => `${label}: minimalna liczba znaków to ${limit}.`,
    'too-long': (label, limit) => `${label}: maksymalna liczba znaków to ${limit}.`,
    invalid: (label) => `${label}: prosimy sprawdzić.`,
    'not-allowed': (label) => `${label}: prosimy zostawić puste.`,
    unknown: (label) => `${label}: już nie istnieje.`,
    'too-many': (label, limit) => `${label}: najwyżej ${limit}.`,
    'too-large': (label, limit) => `${label}: najwyżej ${limit}.`,
    'not-finished': (label) => `${label}: nie wszystko dotarło.`,
  },
  problemContact: 'Prosimy wybrać adresata wiadomości.',
  problemEmail: 'E-mail: prosimy podać adres w postaci nazwa@example.com.',
  files: {
    wrongType: (name) => `${name}: sklep nie przyjmuje plików tego rodzaju.`,
    tooLarge: (name, limit) => `${name}: więcej niż ${limit}. Prosimy wybrać mniejszy plik.`,
    chooseAgain: (names) => `Przeglądarki nie pamiętają wybranych plików. Aby je wysłać, prosimy wybrać je ponownie: ${names}.`,
  },
  summary: (count, shown) =>
    plural('pl', count, {
      one: 'Jedna rzecz do poprawy',
      few: `${shown} rzeczy do poprawy`,
      many: `${shown} rzeczy do poprawy`,
      other: `${shown} rzeczy do poprawy`,
    }),
  notSent: 'Wiadomość nie została wysłana',
  kept: 'Cały wpisany tekst jest w formularzu poniżej.',
  notKept: 'Wpisany tekst jest jeszcze na poprzedniej stronie: prosimy do niej wrócić w przeglądarce.',
  errors: {
    sendFromHere: 'Poprzednia strona nie podaje, do którego sklepu należy. Prosimy sprawdzić wiadomość i wysłać ją stąd.',
    notAllowed: 'Sklep nie przyjmuje wiadomości z poprzedniej strony.',
    looksAutomated: 'Filtr spamu uznał to za wiadomość od robota. Prosimy wysłać ją jeszcze raz albo skontaktować się w inny sposób.',
    noDesk: 'Formularz nie jest połączony ze sklepem.',
    tooLarge: 'To więcej, niż sklep przyjmuje naraz. Prosimy skrócić tekst albo wysłać mniej plików lub mniejsze.',
    broken: 'Wiadomość nie dotarła w całości. Prosimy wysłać ją jeszcze raz.',
    tooMany: (wait) => `Zbyt wiele wiadomości w krótkim czasie. Do kolejnej próby: ${wait}.`,
    linkWaits:
      'Na ten adres wysłaliśmy już link, który nie został jeszcze użyty. Prosimy najpierw odszukać tamten e-mail i otworzyć link; potem można wysłać także tę wiadomość.',
    busy: 'Sklep nie może teraz przyjmować wiadomości. Prosimy spróbować nieco później.',
    internal: 'Wystąpił błąd po naszej stronie. Prosimy spróbować ponownie.',
  },
  held: {
    title: 'Prosimy zajrzeć do skrzynki',
    sent: (email) => `Wysłaliśmy e-mail na adres ${email}.`,
    what: 'Prosimy otworzyć zawarty w nim link i potwierdzić wiadomość. Dopiero wtedy do nas trafi i otrzyma numer.',
    until: (time) => `Link przestanie działać i wiadomość zostanie usunięta: ${time}.`,
    notArrived:
      'Po kilku minutach nadal nie ma e-maila? Prosimy zajrzeć do spamu i sprawdzić powyższy adres. Jeśli jest błędny, prosimy wrócić i wysłać wiadomość jeszcze raz.',
  },
  confirm: {
    title: 'Czy to Państwa wiadomość?',
    ask: (desk, time) => `Z podaniem Państwa adresu napisano wiadomość do ${desk}: ${time}.`,
    hint: 'Zostanie doręczona po potwierdzeniu. Jeśli nie jest od Państwa, prosimy ją usunąć lub nic nie robić.',
    confirm: 'Tak, doręcz wiadomość',
    discard: 'Nie, usuń ją',
  },
  filed: {
    title: 'Mamy Państwa wiadomość',
    number: 'Numer zgłoszenia',
    keep: 'Prosimy zanotować ten numer. Pomoże odnaleźć wiadomość przy kolejnym kontakcie.',
    contact: (name) => `Adresat: ${name}.`,
    due: (time) => `Odpowiemy najpóźniej: ${time}.`,
    mailQueued: 'E-mail z tym numerem jest już w drodze.',
    mailWithheld: 'Tym razem nie wyślemy e-maila z tym numerem.',
  },
  discarded: { title: 'Wiadomość usunięto', text: 'Nikt jej nie przeczytał.' },
  gone: {
    title: 'Ten link już nie działa',
    text: 'Wiadomość usunięto albo link ma ponad jeden dzień. Prosimy napisać do nas ponownie. Jeśli link został skopiowany, prosimy sprawdzić, czy jest pełny.',
  },
  refused: {
    title: 'Tej wiadomości nie można już doręczyć',
    text: 'Od czasu jej napisania sklep zmienił to, co przyjmuje. Prosimy napisać do nas ponownie.',
  },
  writeAgain: 'Napisz wiadomość',
};

export const pl: ServerTexts = { dir: 'ltr', mail, accessMail, pages };
