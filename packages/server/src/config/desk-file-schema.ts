import { DESK_TEXTS } from '@storefront-support/contract/desk-texts';
import { MAX } from '@storefront-support/contract/schemas';
import * as z from 'zod/mini';

const MEGABYTE = 1_000_000;

const id = (what: string) =>
  z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, `${what} is 1 to 64 of a-z, 0-9 and "-", beginning with a letter or digit`));
const text = z.string().check(z.minLength(1, 'a text must not be empty'));
const localizedText = z.union([text, z.record(z.string().check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)), text)], {
  error: 'write one text, or one text per language tag, for example { en: Hello, fr: Bonjour }',
});
const count = z.int('a whole number is expected').check(z.minimum(0, 'must be 0 or more'));
const positive = z.int('a whole number is expected').check(z.minimum(1, 'must be 1 or more'));
const address = z
  .string()
  .check(z.email({ pattern: z.regexes.html5Email, error: 'must be a mail address, for example service@shop.example' }));

const mediaTypes = z
  .array(z.string().check(z.regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'must be a media type in lower case, for example image/png')))
  .check(z.minLength(1, 'name at least one media type'));
const fileLimits = {
  count: z._default(positive.check(z.maximum(MAX.attachments, `at most ${MAX.attachments} files on one ticket`)), 10),
  bytesPerFile: z._default(positive, 25 * MEGABYTE),
  bytesPerTicket: z._default(positive, 50 * MEGABYTE),
  types: z._default(mediaTypes, ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf', 'text/plain']),
};
const ownFileLimits = z.strictObject({
  count: z.exactOptional(positive),
  bytesPerFile: z.exactOptional(positive),
  bytesPerTicket: z.exactOptional(positive),
  types: z.exactOptional(mediaTypes),
});

const timeOfDay = z
  .string('a time such as "09:00", in quotes')
  .check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is written "09:00"; "24:00" ends a day'));
const day = z.optional(z.array(z.tuple([timeOfDay, timeOfDay], 'a pair such as ["09:00", "18:00"] is expected')));
const hours = z.strictObject({
  timeZone: z.string(),
  week: z.strictObject({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
  holidays: z._default(z.array(z.iso.date('a day is written "2026-12-25", in quotes')), []),
});
const promise = z.strictObject({ firstResponseMinutes: positive, clock: z._default(z.enum(['business', 'calendar']), 'business') });

const contact = z.strictObject({
  id: id('a contact id'),
  name: localizedText,
  description: z.optional(localizedText),
  keepsMessages: z._default(z.boolean(), true),
  files: z.optional(ownFileLimits),
  hours: z.optional(hours),
  promise: z.optional(promise),
});
/** A label or a sentence of the form, in the desk's own words. */
const ownLine = z
  .string('a text in quotes is expected')
  .check(z.trim(), z.minLength(1, 'must not be empty'), z.maxLength(200, 'at most 200 characters'));
const ownText = z.union([ownLine, z.record(z.string().check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)), ownLine)], {
  error: 'a text of at most 200 characters is expected, or one for each language such as { en: Write to us, fr: Écrivez-nous }',
});
const otherWay = z.strictObject({
  kind: z.enum(['phone', 'email', 'chat', 'link', 'address']),
  label: localizedText,
  href: z.optional(z.string().check(z.regex(/^(tel:|mailto:|https?:\/\/)/, 'must begin with tel:, mailto:, https:// or http://'))),
});
const secretText = z.string('a text in quotes is expected').check(z.minLength(1, 'a text must not be empty'));
const identityKey = z.strictObject({
  kid: z.string('a text in quotes is expected').check(z.regex(/^[\w.-]{1,64}$/, 'a kid is 1 to 64 of A-Z, a-z, 0-9, "_", "-" and "."')),
  alg: z.enum(['HS256', 'EdDSA'], 'must be HS256, with a secret, or EdDSA, with a public key'),
  secret: z.optional(secretText),
  secretFile: z.optional(secretText),
  publicKey: z.optional(z.union([secretText, z.record(z.string(), z.unknown())])),
});
const nine: [string, string] = ['09:00', '17:00'];

/** One desk of the file: the shape of `DeskConfig`, with defaults for everything that has a sensible one. */
const deskFileEntrySchema = z.strictObject({
  desk: z.strictObject({
    id: id('a desk id'),
    name: localizedText,
    contacts: z.array(contact).check(z.minLength(1, 'a desk needs at least one contact')),
    limits: z.prefault(
      z.strictObject({
        subjectLength: z._default(positive.check(z.maximum(MAX.subject, `at most ${MAX.subject}`)), 150),
        messageLength: z._default(positive.check(z.maximum(MAX.message, `at most ${MAX.message}`)), 10_000),
        files: z.nullable(z.prefault(z.strictObject(fileLimits), {})),
      }),
      {},
    ),
    hours: z._default(hours, { timeZone: 'UTC', week: { mon: [nine], tue: [nine], wed: [nine], thu: [nine], fri: [nine] }, holidays: [] }),
    promise: z._default(z.nullable(promise), null),
    locales: z._default(
      z
        .array(z.string().check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as en or fr-CA')))
        .check(z.minLength(1)),
      ['en'],
    ),
    otherWays: z._default(z.array(otherWay), []),
    texts: z.optional(z.partialRecord(z.enum(DESK_TEXTS, `the texts that can be put otherwise are ${DESK_TEXTS.join(', ')}`), ownText)),
  }),
  allowedOrigins: z._default(z.array(z.string()), []),
  notify: z.record(z.string(), address),
  trackerUrl: z.optional(z.string()),
  identity: z._default(z.array(identityKey), []),
  mail: z.strictObject({
    from: z
      .string()
      .check(
        z.regex(
          /^([^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
          'must be an address or Name <address>, for example Shop <support@shop.example>',
        ),
      ),
    perUnverifiedAddressPerDay: z._default(count, 3),
    confirmationsPerHour: z._default(count, 600),
    answersPerAddressPerDay: z._default(count, 10),
    signInLinksPerAddressPerDay: z._default(count, 12),
    signInLinksPerHour: z._default(count, 600),
    heldLinksPerHour: z._default(count, 60),
    attachUpToBytes: z._default(count, 10 * MEGABYTE),
  }),
  reopenDays: z._default(count.check(z.maximum(3_650, 'at most 3650, which is ten years')), 14),
  accessOffers: z._default(z.boolean(), false),
  defences: z.prefault(
    z.strictObject({
      proofOfWork: z._default(count.check(z.maximum(100_000, 'at most 100000: more would keep customers waiting for minutes')), 100),
      ticketsPerAddressPerHour: z._default(count, 60),
      ticketsWithoutProofPerAddressPerHour: z._default(count, 10),
      formPostsPerAddressPerHour: z._default(count, 5),
      heldFileBytes: z._default(count, 2_000 * MEGABYTE),
      repliesPerAddressPerHour: z._default(count, 120),
      repliesPerTicketPerHour: z._default(count, 60),
      sessionsPerAddressPerHour: z._default(count, 120),
      signInLinksPerAddressPerHour: z._default(count, 30),
      uploadBytesPerAddressPerDay: z._default(count, 1_000 * MEGABYTE),
      uploadsPerAddressPerHour: z._default(count, 300),
    }),
    {},
  ),
});

/** The desk file: a list of desks. */
export const deskFileSchema = z
  .array(deskFileEntrySchema, 'must be a list of desks, each beginning with "- desk:"')
  .check(z.minLength(1, 'the file needs at least one desk'));

/** One desk, well-formed. */
export type DeskEntry = z.output<typeof deskFileEntrySchema>;

/** The desk file as an operator writes it, defaults left out. */
export type DeskFile = z.input<typeof deskFileSchema>;
