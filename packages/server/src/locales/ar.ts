import type { AccessMailTexts } from '../mail/access-mail-texts.js';
import type { MailTexts } from '../mail/texts.js';
import type { PageTexts } from '../pages/texts.js';
import { plural } from './plural.js';
import type { ServerTexts } from './server-texts.js';
import { sizeIn } from './size-in.js';

const mail: MailTexts = {
  confirmation: {
    subject: (number, desk) => `تذكرتك \u2068${number}\u2069 لدى \u2068${desk}\u2069`,
    greeting: 'مرحبًا،',
    received: (contact, desk) => `وصلت رسالتك إلى \u2068${contact}\u2069 لدى \u2068${desk}\u2069.`,
    number: (number) => `رقم تذكرتك \u2068${number}\u2069. يُرجى ذكره عند التواصل معنا بهذا الشأن.`,
    due: (time) => `يصلك الرد قبل ${time}.`,
    follow: 'يمكنك متابعتها هنا. على جهاز آخر يكون تسجيل الدخول بهذا العنوان:',
    notYou: 'لم تكتب إلينا؟ إذن كتب شخص ما عنوانك بالخطأ. لا يلزم فعل شيء.',
    otherWays: 'طرق أخرى للتواصل معنا:',
    automatic: 'أُرسلت هذه الرسالة تلقائيًا.',
  },
  answer: {
    subject: (number, desk) => `رد على تذكرتك \u2068${number}\u2069 لدى \u2068${desk}\u2069`,
    answered: (number, contact, desk) => `وصلك رد من \u2068${contact}\u2069 لدى \u2068${desk}\u2069 على تذكرتك \u2068${number}\u2069.`,
    read: 'قراءة الرد هنا:',
    readAndReply: 'قراءة الرد كاملًا والإجابة عنه هنا:',
  },
  closed: {
    subject: (number, desk) => `أُغلقت تذكرتك \u2068${number}\u2069 لدى \u2068${desk}\u2069`,
    closed: (number, desk) => `أُغلقت تذكرتك \u2068${number}\u2069 لدى \u2068${desk}\u2069.`,
    reopen: (time) => `هل بقي شيء؟ يمكنك فتحها من جديد حتى ${time}.`,
    read: 'تجدها هنا:',
  },
  signIn: {
    subject: (desk) => `تسجيل الدخول إلى \u2068${desk}\u2069`,
    open: (desk) => `يعرض هذا الرابط تذاكرك لدى \u2068${desk}\u2069:`,
    short: 'يعمل مرة واحدة خلال عشر دقائق. يُرجى فتحه في المتصفح الذي طُلب فيه.',
    notYou: 'لم تطلبه؟ إذن لا تفعل شيئًا ولا تعطه لأحد: يستطيع من لديه الرابط قراءة تذاكرك.',
  },
  held: {
    subject: (desk) => `يُرجى تأكيد رسالتك إلى \u2068${desk}\u2069`,
    confirm: (desk) => `كتب شخص ما إلى \u2068${desk}\u2069 وذكر هذا العنوان. هل الرسالة منك؟ إذن يُرجى فتح هذه الصفحة وتأكيد الرسالة:`,
    until: (time) => `لا يقرؤها أحد قبل ذلك. تُحفظ حتى ${time} ثم تُحذف.`,
    notYou: 'ليست منك؟ إذن لا يلزم فعل شيء، ويمكنك حذف الرسالة في الصفحة نفسها.',
  },
  notification: {
    labelled: (label) => `${label}:`,
    preSale: 'قبل الشراء',
    labels: {
      number: 'التذكرة',
      contact: 'جهة الاتصال',
      from: 'من',
      orderReference: 'رقم الطلب',
      received: 'وصلت في',
      due: 'موعد الرد',
      language: 'اللغة',
      subject: 'الموضوع',
      files: 'الملفات',
    },
    filesNotAttached: 'أكبر من أن تُرفق بالبريد، محفوظة على الخادم',
    reply: 'يصل الرد على هذه الرسالة إلى العميل. عنوانه كما كتبه ولم يُتحقق منه.',
    notKept: 'لا تُحفظ هذه الرسالة وملفاتها على الخادم: هذا البريد نسختها الوحيدة.',
  },
  assignment: {
    subject: (number, desk) => `[\u2068${number}\u2069] لك (\u2068${desk}\u2069)`,
    assigned: (number, contact, desk) => `أُسندت إليك التذكرة \u2068${number}\u2069 من \u2068${contact}\u2069 لدى \u2068${desk}\u2069.`,
    comment: 'تعليق:',
    where: 'ما كتبه العميل موجود في صندوق الوارد لا في هذه الرسالة.',
  },
  bytes: (count) => sizeIn('ar', count, ['بايت', 'كيلوبايت', 'ميغابايت']),
};

const accessMail: AccessMailTexts = {
  line: (seq, check) =>
    `هذا هو السطر ${seq} من قائمة «من فعل ماذا»، ورمز تحققه \u2068${check}\u2069: تتيح لك هذه الرسالة أن تعرف لاحقًا إن كانت القائمة قد اختُصرت أو أُعيدت كتابتها.`,
  'access-asked': {
    subject: (number, desk) => `طلب وصول مؤقت من \u2068${desk}\u2069 (\u2068${number}\u2069)`,
    happened: (number, desk, time) =>
      `يطلب موظف لدى \u2068${desk}\u2069 وصولًا مؤقتًا إلى متجرك، للعمل على تذكرتك \u2068${number}\u2069: ${time}.`,
    hint: 'يُرجى عدم إرسال كلمات مرور بالبريد أو الرسائل. عبر هذا الرابط يُشفَّر ما تُدخله على جهازك، وأنت تحدد المدة التي يمكن قراءته خلالها.',
    follow: 'من يطلب ولماذا، والموافقة أو الرفض:',
  },
  'access-opened': {
    subject: (number) => `فُتح وصولك (\u2068${number}\u2069)`,
    happened: (number, desk, time) => `فتح موظف لدى \u2068${desk}\u2069 الوصول الذي منحته لتذكرتك \u2068${number}\u2069: ${time}.`,
    hint: '',
    follow: 'من كان ولماذا، أو الحذف الآن:',
  },
  'access-ended': {
    subject: (number) => `حُذف وصولك (\u2068${number}\u2069)`,
    happened: (number, desk, time) => `حُذف لدينا الوصول الذي منحته إلى \u2068${desk}\u2069 لتذكرتك \u2068${number}\u2069: ${time}.`,
    hint: 'يبقى إغلاق الباب في متجرك أيضًا: حذف الحساب أو تغيير كلمة المرور أو إزالة المفتاح.',
    follow: 'قائمة ما بقي فعله:',
  },
  'access-reminder': {
    subject: (number) => `هل أُغلق الباب؟ (\u2068${number}\u2069)`,
    happened: (number, desk, time) =>
      `انتهى الوصول الذي منحته إلى \u2068${desk}\u2069 لتذكرتك \u2068${number}\u2069: ${time}. بقي ما يجب فعله في متجرك.`,
    hint: 'يبقى الوصول ممكنًا هناك إلى أن تحذف الحساب أو تغيّر كلمة المرور أو تزيل المفتاح.',
    follow: 'قائمة ما بقي فعله:',
  },
  'access-offered': {
    subject: (number, desk) => `[\u2068${number}\u2069] عميل يعرض الوصول (\u2068${desk}\u2069)`,
    happened: (number, desk, time) => `يعرض صاحب التذكرة \u2068${number}\u2069 لدى \u2068${desk}\u2069 وصولًا مؤقتًا: ${time}.`,
    hint: 'القبول أو الرفض في صندوق الوارد. لا يمكن إدخال شيء قبل ذلك.',
    follow: '',
  },
};

const pages: PageTexts = {
  form: {
    heading: 'راسلنا',
    intro: 'بعد الإرسال يصلك بريد فيه رابط. نقرأ رسالتك بعد تأكيدها هناك.',
    contact: 'لمن رسالتك؟',
    choose: 'اختيار',
    preSale: 'لدي سؤال قبل الشراء',
    preSaleHint: 'لا حاجة إلى رقم طلب عندئذ.',
    name: 'الاسم',
    email: 'البريد الإلكتروني',
    order: 'رقم الطلب',
    optional: 'اختياري',
    subject: 'الموضوع',
    message: 'الرسالة',
    files: 'الملفات',
    fileLimits: (count, shown, perFile, all) =>
      count > 1 ? `عدد الملفات حتى ${shown}، ${perFile} لكل ملف، ${all} معًا.` : `ملف واحد حتى ${perFile}.`,
    leaveEmpty: 'يُرجى ترك هذا الحقل فارغًا',
    send: 'إرسال الرسالة',
    otherWays: 'طرق أخرى للتواصل',
  },
  problems: {
    required: (label) => `${label}: مطلوب.`,
    'too-short': (label, limit) => `${label}: الحد الأدنى للأحرف ${limit}.`,
    'too-long': (label, limit) => `${label}: الحد الأقصى للأحرف ${limit}.`,
    invalid: (label) => `${label}: يُرجى المراجعة.`,
    'not-allowed': (label) => `${label}: يُرجى تركه فارغًا.`,
    unknown: (label) => `${label}: لم يعد موجودًا.`,
    'too-many': (label, limit) => `${label}: ${limit} كحد أقصى.`,
    'too-large': (label, limit) => `${label}: ${limit} كحد أقصى.`,
    'not-finished': (label) => `${label}: لم يصل كل شيء.`,
  },
  problemContact: 'يُرجى اختيار من يستلم الرسالة.',
  problemEmail: 'البريد الإلكتروني: يُرجى كتابة عنوان مثل \u2068name@example.com\u2069.',
  files: {
    wrongType: (name) => `\u2068${name}\u2069: لا يقبل المتجر هذا النوع من الملفات.`,
    tooLarge: (name, limit) => `\u2068${name}\u2069: أكبر من ${limit}. يُرجى اختيار ملف أصغر.`,
    chooseAgain: (names) => `لا تحتفظ المتصفحات بالملفات المختارة. لإرسالها يُرجى اختيارها من جديد: \u2068${names}\u2069.`,
  },
  summary: (count, shown) =>
    plural('ar', count, {
      zero: 'لا شيء للتصحيح',
      one: 'أمر واحد للتصحيح',
      two: 'أمران للتصحيح',
      few: `${shown} أمور للتصحيح`,
      many: `${shown} أمرًا للتصحيح`,
      other: `${shown} أمر للتصحيح`,
    }),
  notSent: 'لم تُرسل رسالتك',
  kept: 'كل ما كتبته موجود في النموذج أدناه.',
  notKept: 'ما كتبته ما زال في الصفحة السابقة: يُرجى العودة إليها في المتصفح.',
  errors: {
    sendFromHere: 'لا تخبرنا الصفحة التي جئت منها بالمتجر الذي تتبعه. يُرجى مراجعة الرسالة وإرسالها من هنا.',
    notAllowed: 'لا يقبل المتجر رسائل من الصفحة التي جئت منها.',
    looksAutomated: 'اعتبر مرشّح الرسائل المزعجة رسالتك مرسلة من روبوت. يُرجى إرسالها مرة أخرى أو التواصل بطريقة أخرى.',
    noDesk: 'هذا النموذج غير مرتبط بمتجر.',
    tooLarge: 'هذا أكثر مما يقبله المتجر دفعة واحدة. يُرجى الاختصار، أو إرسال ملفات أقل أو أصغر.',
    broken: 'لم تصل رسالتك كاملة. يُرجى إرسالها مرة أخرى.',
    tooMany: (wait) => `رسائل كثيرة في وقت قصير. يُرجى إعادة المحاولة بعد ${wait}.`,
    linkWaits: 'أرسلنا رابطًا إلى هذا العنوان من قبل ولم يُستخدم بعد. يُرجى البحث عن تلك الرسالة واستخدامها أولًا؛ ثم يمكن إرسال هذه أيضًا.',
    busy: 'لا يستطيع المتجر استقبال الرسائل الآن. يُرجى إعادة المحاولة بعد قليل.',
    internal: 'حدث خطأ لدينا. يُرجى إعادة المحاولة.',
  },
  held: {
    title: 'يُرجى التحقق من بريدك',
    sent: (email) => `أرسلنا رسالة إلى \u2068${email}\u2069.`,
    what: 'افتح الرابط فيها وأكّد رسالتك. عندها فقط تصلنا ويصبح لها رقم.',
    until: (time) => `يعمل الرابط حتى ${time}. بعد ذلك تُحذف رسالتك.`,
    notArrived:
      'لم تصل رسالة خلال دقائق؟ يُرجى البحث بين الرسائل غير المرغوبة، والتحقق من العنوان أعلاه. إن كان خاطئًا فيُرجى الرجوع والإرسال من جديد.',
  },
  confirm: {
    title: 'هل هذه الرسالة منك؟',
    ask: (desk, time) => `كُتبت رسالة إلى \u2068${desk}\u2069 بعنوانك: ${time}.`,
    hint: 'تُسلَّم حالما تؤكدها. إن لم تكتبها فاحذفها أو لا تفعل شيئًا.',
    confirm: 'نعم، تسليم رسالتي',
    discard: 'لا، حذفها',
  },
  filed: {
    title: 'وصلتنا رسالتك',
    number: 'رقم تذكرتك',
    keep: 'يُرجى تدوين هذا الرقم. يساعدنا في إيجاد رسالتك عند التواصل مجددًا.',
    contact: (name) => `أُرسلت إلى: \u2068${name}\u2069.`,
    due: (time) => `يصلك الرد قبل ${time}.`,
    mailQueued: 'رسالة بهذا الرقم في طريقها إليك.',
    mailWithheld: 'لن تصل هذه المرة رسالة بهذا الرقم.',
  },
  discarded: { title: 'حُذفت الرسالة', text: 'لم يقرأها أحد.' },
  gone: {
    title: 'لم يعد هذا الرابط يعمل',
    text: 'حُذفت الرسالة أو مضى على الرابط أكثر من يوم. يُرجى الكتابة إلينا من جديد. إن كنت نسخت الرابط فيُرجى التحقق من أنه كامل.',
  },
  refused: {
    title: 'لم يعد ممكنًا تسليم هذه الرسالة',
    text: 'غيّر المتجر ما يقبله منذ كتابتها. يُرجى الكتابة إلينا من جديد.',
  },
  writeAgain: 'كتابة رسالة',
};

export const ar: ServerTexts = { dir: 'rtl', mail, accessMail, pages };
