/** Which of a field's rules was broken; the locale has a sentence for each. */
export type FieldProblemCode =
  | 'required'
  | 'too-short'
  | 'too-long'
  | 'invalid'
  | 'not-allowed'
  | 'unknown'
  | 'too-many'
  | 'too-large'
  | 'not-finished'
  /** The backend takes no text that has `FieldProblem.quote` in it. */
  | 'refused-text';

/** What is wrong with one field, and what would be right. */
export interface FieldProblem {
  code: FieldProblemCode;
  /** For developers and logs, in English; people read the locale's text for the code. Never contains what was written. */
  detail: string;
  /** The bound that was broken: characters, files or bytes. */
  limit?: number | undefined;
  /** With `refused-text`: the part, for the eyes of whoever wrote it. On no wire and in no log. */
  quote?: string | undefined;
}

/**
 * Broken fields by name: the draft's member, dotted where nested (`requester.email`), or an extra field's own name. Of a list,
 * one faulty element by its index (`attachmentIds.0`), else the list as a whole (`attachmentIds`).
 */
export type FieldProblems = { [field: string]: FieldProblem };

/** One form field as data, so that a shop can add its own without a new element. */
export interface FieldSpec {
  /** Name in the draft, dotted where nested. */
  name: string;
  control: 'text' | 'email' | 'tel' | 'select' | 'textarea' | 'checkbox';
  /** Label as shown. */
  label: string;
  hint?: string | undefined;
  required: boolean;
  /** `autocomplete` token of HTML, so that browsers and password managers can fill it. */
  autocomplete?: string | undefined;
  /** `inputmode` of HTML. */
  inputMode?: string | undefined;
  /** UTF-16 code units. */
  maxLength?: number | undefined;
  /** For `select`. */
  options?: { value: string; label: string }[] | undefined;
}
