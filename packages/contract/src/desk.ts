import type { FileLimits } from './attachment.js';
import type { Contact } from './contact.js';
import type { DeskTexts } from './desk-texts.js';
import type { FieldSpec } from './field.js';
import type { LocalizedText } from './localized-text.js';
import type { BusinessHours, SlaPolicy } from './sla-types.js';

/** One tenant of a backend: a shop or a vendor, as its customers see it. */
export interface Desk {
  id: string;
  name: LocalizedText;
  /** At least one; the first is preselected when it is the only one. None before `prepare` where the desk is `late`. */
  contacts: Contact[];
  /** True: contacts, orders, fields and files are known for certain only after `SupportAdapter.prepare`. */
  late?: boolean | undefined;
  /** What this backend has no place for. The form does not ask for it, and the draft has an empty text or `support` there. */
  without?: OptionalField[] | undefined;
  /** Order references of whoever is signed in, one of which can be chosen; absent: an order number is written. */
  orders?: string[] | undefined;
  /** Fields of this backend's own, after the message; what is written goes into `TicketDraft.extra`. */
  fields?: FieldSpec[] | undefined;
  limits: DeskLimits;
  hours: BusinessHours;
  /** Null: nothing is promised, and no due time is shown. */
  promise: SlaPolicy | null;
  /** BCP 47 tags the desk answers in; the first is its default. */
  locales: string[];
  /** Shown beside the form, when sending fails and when the form cannot work. */
  otherWays: OtherWay[];
  /** What the form says in the desk's own words. */
  texts?: DeskTexts | undefined;
}

/** Fields of a draft that a backend may have no place for. */
export type OptionalField = 'kind' | 'requester.name' | 'requester.email' | 'orderReference' | 'subject' | 'message';

/** Sizes a form must respect before it sends. Lengths are UTF-16 code units, as in `maxlength`. */
export interface DeskLimits {
  subjectLength: number;
  messageLength: number;
  /** Null: this backend takes no files. */
  files: FileLimits | null;
}

/** Another way to reach the shop. */
export interface OtherWay {
  kind: 'phone' | 'email' | 'chat' | 'link' | 'address';
  label: LocalizedText;
  /** `tel:`, `mailto:`, `https:` or `http:`; absent for a postal address. */
  href?: string | undefined;
}

/** The file limits that hold for one contact: the desk's, tightened by the contact's own. Null: no files. */
export function fileLimitsFor(desk: Pick<Desk, 'limits'>, contact: Pick<Contact, 'files'> | undefined): FileLimits | null {
  const { files } = desk.limits;
  if (!files) return null;
  // a page may have put members of these names on `Object.prototype`
  const given = contact && Object.hasOwn(contact, 'files') ? contact.files : undefined;
  const own: NonNullable<typeof given> = Object.assign(Object.create(null) as object, given);
  return {
    count: Math.min(files.count, own.count ?? files.count),
    bytesPerFile: Math.min(files.bytesPerFile, own.bytesPerFile ?? files.bytesPerFile),
    bytesPerTicket: Math.min(files.bytesPerTicket, own.bytesPerTicket ?? files.bytesPerTicket),
    types: own.types ? files.types.filter((type) => own.types?.includes(type)) : files.types,
  };
}
