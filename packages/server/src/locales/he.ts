import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `פנייתך \u2068${number}\u2069 אל \u2068${desk}\u2069`,
    greeting: 'שלום,',
    received: (contact, desk) => `הודעתך הגיעה אל \u2068${contact}\u2069 ב-\u2068${desk}\u2069.`,
    number: (number) => `מספר פנייתך \u2068${number}\u2069. נא לציין אותו בכל קשר איתנו בנושא זה.`,
    due: (time) => `תשובה תגיע עד ${time}.`,
    follow: 'אפשר לעקוב אחר הפנייה כאן. במכשיר אחר נכנסים בכתובת זו:',
    notYou: 'לא כתבת אלינו? אם כך, מישהו הקליד את כתובתך בטעות. אין צורך לעשות דבר.',
    otherWays: 'דרכים נוספות ליצור קשר:',
    automatic: 'הודעה זו נשלחה אוטומטית.',
  },
  answer: {
    subject: (number, desk) => `תשובה לפנייתך \u2068${number}\u2069 אל \u2068${desk}\u2069`,
    answered: (number, contact, desk) => `יש תשובה מאת \u2068${contact}\u2069 ב-\u2068${desk}\u2069 לפנייתך \u2068${number}\u2069.`,
    read: 'קריאת התשובה כאן:',
    readAndReply: 'קריאת התשובה המלאה ומענה כאן:',
  },
  closed: {
    subject: (number, desk) => `פנייתך \u2068${number}\u2069 אל \u2068${desk}\u2069 נסגרה`,
    closed: (number, desk) => `פנייתך \u2068${number}\u2069 אל \u2068${desk}\u2069 נסגרה.`,
    reopen: (time) => `נשאר משהו פתוח? אפשר לפתוח אותה שוב עד ${time}.`,
    read: 'היא נמצאת כאן:',
  },
  signIn: {
    subject: (desk) => `כניסה אל \u2068${desk}\u2069`,
    open: (desk) => `קישור זה מציג את פניותיך אל \u2068${desk}\u2069:`,
    short: 'הוא פועל פעם אחת, בתוך עשר דקות. נא לפתוח אותו בדפדפן שבו התבקש.',
    notYou: 'לא ביקשת אותו? אין צורך לעשות דבר, ואין להעבירו לאיש: מי שהקישור בידו יכול לקרוא את פניותיך.',
  },
  held: {
    subject: (desk) => `נא לאשר את הודעתך אל \u2068${desk}\u2069`,
    confirm: (desk) => `מישהו כתב אל \u2068${desk}\u2069 ומסר כתובת זו. האם ההודעה שלך? אם כן, יש לפתוח דף זה ולאשר אותה:`,
    until: (time) => `איש אינו קורא אותה לפני כן. היא נשמרת עד ${time} ואז נמחקת.`,
    notYou: 'ההודעה אינה שלך? אין צורך לעשות דבר, ואפשר גם למחוק את ההודעה באותו דף.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'לפני קנייה',
    labels: {
      number: 'פנייה',
      contact: 'איש קשר',
      from: 'מאת',
      orderReference: 'מספר הזמנה',
      received: 'התקבלה',
      due: 'יעד לתשובה',
      language: 'שפה',
      subject: 'נושא',
      files: 'קבצים',
    },
    filesNotAttached: 'גדולים מדי לדוא״ל, שמורים בשרת',
    reply: 'תשובה להודעה זו מגיעה ללקוח. כתובתו כפי שהקליד אותה ולא אומתה.',
    notKept: 'הודעה זו וקבציה אינם נשמרים בשרת: דוא״ל זה הוא העותק היחיד.',
  },
  assignment: {
    subject: (number, desk) => `[\u2068${number}\u2069] שלך (\u2068${desk}\u2069)`,
    assigned: (number, contact, desk) => `הפנייה \u2068${number}\u2069 של \u2068${contact}\u2069 ב-\u2068${desk}\u2069 הועברה אליך.`,
    comment: 'הערה:',
    where: 'מה שהלקוח כתב נמצא בדואר הנכנס ולא בהודעה זו.',
  },
  bytes: (count) => sizeIn('he', count, ['בייט', 'ק״ב', 'מ״ב']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `זו שורה ${seq} ברשימה ״מי עשה מה״, וקוד הבדיקה שלה \u2068${check}\u2069: בעזרת הודעה זו אפשר לדעת בהמשך אם הרשימה קוצרה או נכתבה מחדש.`,
  'access-asked': {
    subject: (number, desk) => `בקשה לגישה זמנית מאת \u2068${desk}\u2069 (\u2068${number}\u2069)`,
    happened: (number, desk, time) =>
      `נציג של \u2068${desk}\u2069 מבקש גישה זמנית לחנות שלך, כדי לטפל בפנייתך \u2068${number}\u2069: ${time}.`,
    hint: 'אין לשלוח סיסמאות בדוא״ל או בהודעה. מאחורי קישור זה מה שמוזן מוצפן במכשיר שלך, וההחלטה לכמה זמן אפשר לקרוא אותו היא שלך.',
    follow: 'מי מבקש ומדוע, מענה או דחייה:',
  },
  'access-opened': {
    subject: (number) => `הגישה שלך נפתחה (\u2068${number}\u2069)`,
    happened: (number, desk, time) => `נציג של \u2068${desk}\u2069 פתח גישה שנתת עבור פנייתך \u2068${number}\u2069: ${time}.`,
    hint: '',
    follow: 'מי פתח ומדוע, או מחיקה עכשיו:',
  },
  'access-ended': {
    subject: (number) => `הגישה שלך נמחקה (\u2068${number}\u2069)`,
    happened: (number, desk, time) => `גישה שנתת אל \u2068${desk}\u2069 עבור פנייתך \u2068${number}\u2069 נמחקה אצלנו: ${time}.`,
    hint: 'עכשיו סוגרים את הדלת גם בחנות: מוחקים את החשבון, מחליפים את הסיסמה או מסירים את המפתח.',
    follow: 'מה שנותר לעשות:',
  },
  'access-reminder': {
    subject: (number) => `הדלת נסגרה? (\u2068${number}\u2069)`,
    happened: (number, desk, time) =>
      `גישה שנתת אל \u2068${desk}\u2069 עבור פנייתך \u2068${number}\u2069 הסתיימה: ${time}. נותר משהו לעשות בחנות שלך.`,
    hint: 'עד שמוחקים את החשבון, מחליפים את הסיסמה או מסירים את המפתח, היא עדיין פועלת שם.',
    follow: 'מה שנותר לעשות:',
  },
  'access-offered': {
    subject: (number, desk) => `[\u2068${number}\u2069] לקוח מציע גישה (\u2068${desk}\u2069)`,
    happened: (number, desk, time) => `הלקוח של פנייה \u2068${number}\u2069 ב-\u2068${desk}\u2069 מציע גישה זמנית: ${time}.`,
    hint: 'קבלה או דחייה בדואר הנכנס. לפני כן אי אפשר להזין דבר.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'כתבו לנו',
    intro: 'אחרי השליחה יגיע דוא״ל עם קישור. אנו קוראים את ההודעה אחרי שאושרה שם.',
    contact: 'למי מיועדת ההודעה?',
    choose: 'נא לבחור',
    preSale: 'יש לי שאלה לפני קנייה',
    preSaleHint: 'אז אין צורך במספר הזמנה.',
    name: 'שם',
    email: 'דוא״ל',
    order: 'מספר הזמנה',
    optional: 'לא חובה',
    subject: 'נושא',
    message: 'הודעה',
    files: 'קבצים',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `עד ${shown} קבצים, \u200e${perFile} לקובץ, \u200e${all} יחד.` : `קובץ אחד של עד \u200e${perFile}.`,
    leaveEmpty: 'נא להשאיר שדה זה ריק',
    send: 'שליחת ההודעה',
    otherWays: 'דרכים נוספות ליצור קשר',
  },
  problems: {
    required: (label) => `${label}: נא למלא.`,
    'too-short': (label, limit) => `${label}: לפחות ${limit} תווים.`,
    'too-long': (label, limit) => `${label}: לכל היותר ${limit} תווים.`,
    invalid: (label) => `${label}: נא לבדוק.`,
    'not-allowed': (label) => `${label}: נא להשאיר ריק.`,
    unknown: (label) => `${label}: כבר לא קיים.`,
    'too-many': (label, limit) => `${label}: לכל היותר ${limit}.`,
    'too-large': (label, limit) => `${label}: לכל היותר \u200e${limit}.`,
    'not-finished': (label) => `${label}: לא הכול הגיע.`,
  },
  problemContact: 'נא לבחור למי מיועדת ההודעה.',
  problemEmail: 'דוא״ל: נא לכתוב כתובת כמו \u2068name@example.com\u2069.',
  files: {
    wrongType: (name) => `\u2068${name}\u2069: החנות אינה מקבלת קובץ מסוג זה.`,
    tooLarge: (name, limit) => `\u2068${name}\u2069: גדול מ-\u200e${limit}. נא לבחור קובץ קטן יותר.`,
    chooseAgain: (names) => `דפדפנים אינם שומרים קבצים שנבחרו. כדי לשלוח אותם, נא לבחור שוב: \u2068${names}\u2069.`,
  },
  summary: (count, shown) => plural('he', count, { one: 'דבר אחד לתיקון', two: 'שני דברים לתיקון', other: `${shown} דברים לתיקון` }),
  notSent: 'ההודעה לא נשלחה',
  kept: 'כל מה שנכתב נמצא בטופס למטה.',
  notKept: 'מה שנכתב עדיין נמצא בדף הקודם: נא לחזור אליו בדפדפן.',
  errors: {
    sendFromHere: 'הדף שממנו הגעת אינו מוסר לאיזו חנות הוא שייך. נא לבדוק את ההודעה ולשלוח אותה מכאן.',
    notAllowed: 'החנות אינה מקבלת הודעות מהדף שממנו הגעת.',
    looksAutomated: 'מסנן הספאם חשב שזו הודעה של רובוט. נא לשלוח אותה שוב, או לפנות בדרך אחרת.',
    noDesk: 'טופס זה אינו מחובר לחנות.',
    tooLarge: 'זה יותר ממה שהחנות מקבלת בבת אחת. נא לקצר, או לשלוח פחות קבצים או קטנים יותר.',
    broken: 'ההודעה לא הגיעה בשלמותה. נא לשלוח אותה שוב.',
    tooMany: (wait) => `יותר מדי הודעות בזמן קצר. נא לנסות שוב בעוד ${wait}.`,
    linkWaits: 'כבר שלחנו קישור לכתובת זו, והוא טרם נוצל. נא לחפש את אותה הודעה ולהשתמש בה קודם; אחר כך אפשר לשלוח גם את זו.',
    busy: 'החנות אינה יכולה לקבל הודעות כרגע. נא לנסות שוב מעט מאוחר יותר.',
    internal: 'משהו השתבש אצלנו. נא לנסות שוב.',
  },
  held: {
    title: 'נא לבדוק את תיבת הדוא״ל',
    sent: (email) => `שלחנו דוא״ל אל \u2068${email}\u2069.`,
    what: 'יש לפתוח את הקישור שבו ולאשר את ההודעה. רק אז היא מגיעה אלינו ומקבלת מספר.',
    until: (time) => `הקישור פועל עד ${time}. אחר כך ההודעה נמחקת.`,
    notArrived: 'לא הגיע דוא״ל בתוך כמה דקות? נא לחפש בדואר הזבל ולבדוק את הכתובת שלמעלה. אם היא שגויה, יש לחזור ולשלוח את ההודעה שוב.',
  },
  confirm: {
    title: 'האם זו הודעה שלך?',
    ask: (desk, time) => `הודעה אל \u2068${desk}\u2069 נכתבה עם כתובתך: ${time}.`,
    hint: 'היא נמסרת אחרי האישור. אם לא כתבת אותה, אפשר למחוק אותה או לא לעשות דבר.',
    confirm: 'כן, למסור את ההודעה',
    discard: 'לא, למחוק אותה',
  },
  filed: {
    title: 'ההודעה הגיעה אלינו',
    number: 'מספר הפנייה',
    keep: 'נא לרשום מספר זה. הוא עוזר לנו למצוא את ההודעה בפנייה הבאה.',
    contact: (name) => `נשלח אל: \u2068${name}\u2069.`,
    due: (time) => `תשובה תגיע עד ${time}.`,
    mailQueued: 'דוא״ל עם מספר זה בדרך אליך.',
    mailWithheld: 'הפעם לא יישלח דוא״ל עם מספר זה.',
  },
  discarded: { title: 'ההודעה נמחקה', text: 'איש לא קרא אותה.' },
  gone: {
    title: 'קישור זה אינו פועל עוד',
    text: 'ההודעה נמחקה, או שהקישור ישן מיום. נא לכתוב לנו שוב. אם העתקת את הקישור, נא לבדוק שהוא שלם.',
  },
  refused: {
    title: 'אי אפשר עוד למסור הודעה זו',
    text: 'החנות שינתה את מה שהיא מקבלת מאז שנכתבה. נא לכתוב לנו שוב.',
  },
  writeAgain: 'כתיבת הודעה',
};

export const he: ServerTexts = { dir: 'rtl', mail, accessMail, pages };
