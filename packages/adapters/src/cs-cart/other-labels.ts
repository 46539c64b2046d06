/** Whole labels of name and subject, in every language in which they are known. */
export const LABELS: [name: RegExp, subject: RegExp] = [
  /^((your|full|votre|ihr|su|seu|uw|twoje|vaše|celé|ваше) )?(name|nom|nombre|nome|naam|imię|jméno|имя|фио|име|όνομα|ονοματεπώνυμο)( complet| completo| i nazwisko| a příjmení)?$|^(الاسم|اسمك)( الكامل| بالكامل)?$|^(ה?שם|שמך|השם שלך)( ה?מלא)?$/i,
  /^(subject|sujet|objet|betreff|asunto|oggetto|assunto|onderwerp|temat|předmět|тема|θέμα|относно)( wiadomości| zprávy)?$|^(الموضوع|موضوع الرسالة|عنوان الرسالة)$|^ה?נושא( ה(פנייה|הודעה))?$/i,
];
