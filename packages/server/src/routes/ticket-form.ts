import { randomBytes } from 'node:crypto';
import { fileLimitsFor, STATUSES, SupportError, type Desk, type FieldProblems, type TicketDraft } from '@storefront-support/contract';
import { draftProblems, ticketDraftSchema } from '@storefront-support/contract/schemas';
import { Hono, type Context } from 'hono';
import type { DeskConfig } from '../desk-config.js';
import { quotaKey } from '../files/quota-key.js';
import { receiveFormFile, type FormFiles, type PostedFile } from '../files/receive-form-file.js';
import { filedOf, removeFiles } from '../held/confirm-held.js';
import { HeldKeys } from '../held/held-keys.js';
import { heldBefore, holdTicket, type HoldRefusal } from '../held/hold-ticket.js';
import { logFailure, sayWhenAgain, toSupportError } from '../middleware/errors.js';
import { LOCALES } from '../locales/index.js';
import { addressBucket } from '../middleware/client-address.js';
import { FormOrigins, type FormOrigin } from '../middleware/form-origin.js';
import { OneAtATime } from '../middleware/idempotency.js';
import type { OwnOrigins } from '../middleware/origins.js';
import { Limit } from '../middleware/rate-limit.js';
import { readForm, type ReadForm } from '../middleware/read-form.js';
import { chooseLanguage } from '../pages/choose-language.js';
import { FILES_FIELD, FORM_FIELDS, type FormState } from '../pages/form-page.js';
import { failurePage, formAgainPage, refusedPage } from '../pages/failure-pages.js';
import { filedPage, heldPage } from '../pages/held-pages.js';
import { answerPage, type PageFrame } from '../pages/page.js';
import { pageTexts } from '../pages/texts.js';
import type { AppEnv, Ports } from '../ports.js';
import { LinkKeys } from '../sign-in/link-keys.js';
import type { HeldTicketRow } from '../store/held-tickets.js';
import { hashSecret } from '../ticket-secret.js';

type Ctx = Context<AppEnv>;

/** Bytes of the fields, beside those of the files. */
const FIELDS_BYTES = 2_000_000;
/** Forms of one client that are read at once, and of all: each of them holds a connection and some memory. */
const MOST_AT_ONCE = { perClient: 20, together: 100 };

const NAMES = new Set<string>(FORM_FIELDS);

/**
 * `POST /v1/desks/{desk}/tickets/form`: a ticket by a form without a script, answered with a page whatever comes of it. Such a form has
 * no proof of work, so it has limits of its own, and the message waits until its sender has confirmed it by a mailed link.
 *
 * @param ending once aborted, forms are no longer waited for.
 */
export function ticketFormRoutes(ports: Ports, own: OwnOrigins, ending?: AbortSignal): Hono<AppEnv> {
  const counter = new FormCounter(ports, own, ending);
  return (
    new Hono<AppEnv>()
      // whoever reloads the answer by its address alone
      .use('/v1/desks/:desk/tickets/form', async (c, next) => {
        if (c.req.method !== 'GET') return next();
        return c.redirect(`../../../../desks/${encodeURIComponent(c.req.param('desk'))}`, 303);
      })
      .post('/v1/desks/:desk/tickets/form', (c) => counter.take(c))
  );
}

/** What has become of a post as far as it could be read. */
interface Posting {
  config: DeskConfig;
  frame: PageFrame & { desk: Desk };
  form: ReadForm;
  locale: string;
  secretHash: string;
  files: PostedFile[];
}

class FormCounter {
  readonly #ports: Ports;
  readonly #origins: FormOrigins;
  readonly #ending: AbortSignal | undefined;
  readonly #keys: { held: HeldKeys; addresses: LinkKeys };
  readonly #limit = new Limit();
  readonly #oneAtATime = new OneAtATime();
  readonly #reading = new Map<string, number>();

  constructor(ports: Ports, own: OwnOrigins, ending: AbortSignal | undefined) {
    this.#ports = ports;
    this.#origins = new FormOrigins(ports.desks, own);
    this.#ending = ending;
    this.#keys = { held: new HeldKeys(ports.installSecret), addresses: new LinkKeys(ports.installSecret) };
  }

  async take(c: Ctx): Promise<Response> {
    const config = this.#ports.desks.get(c.req.param('desk') ?? '');
    const wanted = c.req.header('Accept-Language');
    if (!config) {
      const frame = { desk: undefined, ...pageTexts(undefined, chooseLanguage(wanted, Object.keys(LOCALES))) };
      return answerPage(c, refusedPage(frame, new SupportError('desk-not-found', 'No such desk.')));
    }
    const language = chooseLanguage(wanted, config.desk.locales);
    const frame = { desk: config.desk, ...pageTexts(config.desk, language, ...config.desk.locales) };
    const origin = this.#origins.of(c, config);
    if (origin === 'foreign') return answerPage(c, refusedPage(frame, new SupportError('origin-not-allowed', 'Not this page.')));
    const client = addressBucket(c.var.clientAddress);
    if (!this.#begin(client)) {
      const error = new SupportError('unavailable', 'Too many at once.');
      sayWhenAgain(c, error);
      return answerPage(c, refusedPage(frame, error));
    }
    try {
      return await this.#post(c, await this.#read(c, config, frame, language), origin);
    } finally {
      this.#end(client);
    }
  }

  async #read(c: Ctx, config: DeskConfig, found: Posting['frame'], language: string): Promise<Posting> {
    const { desk, defences } = config;
    const secretHash = hashSecret(randomBytes(32).toString('base64url'));
    const limits = fileLimitsFor(desk, undefined);
    const files: PostedFile[] = [];
    const declared = Number(c.req.header('Content-Length') ?? NaN);
    const filesMost = limits?.bytesPerTicket ?? 0;
    const store: FormFiles | null = limits && {
      deskId: desk.id,
      secretHash,
      quotaKey: quotaKey(c.var.clientAddress, this.#ports.installSecret),
      quota: { bytesPerDay: defences.uploadBytesPerAddressPerDay, perHour: defences.uploadsPerAddressPerHour },
      limits,
      left: declared >= 0 ? Math.min(declared, filesMost) : filesMost,
      count: 0,
    };
    const read = await readForm(c, {
      names: NAMES,
      files: {
        name: FILES_FIELD,
        take: async ({ name, bytes }) => {
          files.push(await receiveFormFile(this.#ports, store, name, bytes));
        },
      },
      most: filesMost + FIELDS_BYTES,
      ending: this.#ending,
    });
    // the page that says so brings back what was written
    const form = 'failure' in read ? { ...read, trouble: read.trouble ?? this.#known(c, read.failure) } : read;
    const asked = form.fields.get('locale') ?? '';
    const locale = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(asked) && asked.length <= 35 ? asked : language;
    return { config, frame: { ...found, ...pageTexts(desk, locale, ...desk.locales) }, form, locale, secretHash, files };
  }

  async #post(c: Ctx, posting: Posting, origin: FormOrigin): Promise<Response> {
    let kept = false;
    try {
      const trouble = troubleOf(posting, origin);
      if (trouble) return await this.#fail(c, posting, trouble);
      const draft = draftOf(posting);
      const problems = problemsOf(draft, posting);
      if (Object.keys(problems).length > 0) return await answerPage(c, formAgainPage(stateOf(posting, problems)));
      const checked = ticketDraftSchema.parse(draft);
      const held = await this.#hold(c, posting, checked);
      if (typeof held === 'string') return await this.#fail(c, posting, refusalOf(held), held);
      kept = held.secretHash === posting.secretHash;
      const filed = filedOf(held);
      const { frame } = posting;
      return await answerPage(c, filed ? filedPage(frame, filed.receipt, filed.contactId) : heldPage(frame, held, checked.requester.email));
    } catch (error) {
      return await this.#fail(c, posting, this.#known(c, error));
    } finally {
      if (!kept) await removeFiles(this.#ports, { deskId: posting.config.desk.id, secretHash: posting.secretHash }).catch(() => undefined);
    }
  }

  async #hold(c: Ctx, { config, files, secretHash }: Posting, draft: TicketDraft): Promise<HeldTicketRow | HoldRefusal> {
    const { store, now, log } = this.#ports;
    const deskId = config.desk.id;
    const stored = files.flatMap((file) => ('id' in file ? [file] : []));
    const requestHash = this.#keys.held.request(
      deskId,
      draft,
      stored.map(({ sha256 }) => sha256),
    );
    const posted = {
      desk: config,
      draft: { ...draft, attachmentIds: stored.map(({ id }) => id) },
      secretHash,
      fileBytes: stored.reduce((sum, { size }) => sum + size, 0),
      requestHash,
      now: now(),
    };
    // whoever presses twice meets what the first press has made, and not the limits
    return this.#oneAtATime.run({ deskId, secretHash: '', key: requestHash, bodyHash: '' }, async () => {
      const before = await heldBefore(store.read, posted);
      if (before) return before;
      await this.#limit.consume(deskId, config.defences.formPostsPerAddressPerHour, c.var.clientAddress);
      const held = await store.write.run((trx) => holdTicket(trx, this.#keys, posted));
      if (typeof held !== 'string') {
        this.#ports.mailWaiting();
        if (held.secretHash === secretHash) log.info('ticket-held', { desk: deskId, files: stored.length });
      } else if (held === 'desk' || held === 'files') log.warn('held-tickets-braked', { desk: deskId, cap: held });
      return held;
    });
  }

  #fail(c: Ctx, posting: Posting, error: SupportError, refusal?: HoldRefusal): Promise<Response> {
    sayWhenAgain(c, error);
    if (error.code === 'unavailable' && this.#ending?.aborted) c.header('Connection', 'close');
    return answerPage(c, failurePage(stateOf(posting, {}), error, refusal === 'link-waits'));
  }

  #known(c: Ctx, error: unknown): SupportError {
    const known = toSupportError(error);
    if (STATUSES[known.code] >= 500) logFailure(this.#ports.log, c, error);
    return known;
  }

  #begin(client: string): boolean {
    const running = this.#reading.get(client) ?? 0;
    const together = [...this.#reading.values()].reduce((sum, count) => sum + count, 0);
    if (running >= MOST_AT_ONCE.perClient || together >= MOST_AT_ONCE.together) return false;
    this.#reading.set(client, running + 1);
    return true;
  }

  #end(client: string): void {
    const running = (this.#reading.get(client) ?? 1) - 1;
    if (running > 0) this.#reading.set(client, running);
    else this.#reading.delete(client);
  }
}

/** Why nothing of it can be taken, whatever its fields say. */
function troubleOf({ form, files }: Posting, origin: FormOrigin): SupportError | null {
  if (form.trouble) return form.trouble;
  if (form.fields.get('website')) return new SupportError('looks-automated', 'A field that people do not see was filled in.');
  if (origin === 'hidden') return new SupportError('confirmation-needed', 'Its page names no origin: to be sent from here.');
  const [limited] = files.flatMap((file) => ('retryAfter' in file ? [file] : []));
  return limited ? new SupportError('rate-limited', 'This address has uploaded its share for now.', limited) : null;
}

function refusalOf(refusal: HoldRefusal): SupportError {
  if (refusal === 'mailbox')
    return new SupportError('rate-limited', 'The address has had its links for today.', { retryAfter: 24 * 3_600_000 });
  return refusal === 'link-waits'
    ? new SupportError('rate-limited', 'The address has a link already.')
    : new SupportError('unavailable', 'The desk holds as much as it may.');
}

/** What was written, as the other route has it. */
function draftOf({ config, form, locale }: Posting): Omit<TicketDraft, 'attachmentIds'> & { attachmentIds: string[] } {
  const { fields } = form;
  const written = (name: string) => (fields.get(name) ?? '').trim();
  const { contacts } = config.desk;
  return {
    contactId: written('contactId') || (contacts.length === 1 ? (contacts[0]?.id ?? '') : ''),
    kind: /^(pre-sale|true|on)$/.test(written('kind')) ? 'pre-sale' : 'support',
    requester: { name: written('requester.name'), email: written('requester.email') },
    subject: written('subject'),
    message: written('message'),
    ...(written('orderReference') && { orderReference: written('orderReference') }),
    attachmentIds: [],
    locale,
  };
}

function problemsOf(draft: TicketDraft, { config: { desk }, files }: Posting): FieldProblems {
  const problems = draftProblems(draft, desk);
  // all at once: each time the form comes back, its files have to be chosen again
  for (const [name, limit] of [
    ['subject', desk.limits.subjectLength],
    ['message', desk.limits.messageLength],
  ] as const)
    if (draft[name].length > limit) problems[name] = { code: 'too-long', detail: `At most ${limit} characters.`, limit };
  const contact = desk.contacts.find(({ id }) => id === draft.contactId);
  const limits = fileLimitsFor(desk, contact);
  if (files.length > 0) {
    const problem = filesProblem(files, limits);
    if (problem) problems['attachmentIds'] = problem;
  }
  return problems;
}

function filesProblem(files: readonly PostedFile[], limits: ReturnType<typeof fileLimitsFor>): FieldProblems[string] | null {
  if (!limits) return { code: 'not-allowed', detail: 'This desk takes no files.' };
  const { count, bytesPerFile, bytesPerTicket, types } = limits;
  if (files.length > count) return { code: 'too-many', detail: `At most ${count} files.`, limit: count };
  if (files.some((file) => 'problem' in file && file.problem === 'too-much'))
    return { code: 'too-large', detail: 'Together they are too large.', limit: bytesPerTicket };
  if (files.some((file) => 'problem' in file)) return { code: 'not-allowed', detail: 'Some files are not taken.' };
  const stored = files.flatMap((file) => ('id' in file ? [file] : []));
  if (stored.some(({ size }) => size > bytesPerFile))
    return { code: 'too-large', detail: 'One of them is too large.', limit: bytesPerFile };
  if (stored.reduce((sum, { size }) => sum + size, 0) > bytesPerTicket)
    return { code: 'too-large', detail: 'Together they are too large.', limit: bytesPerTicket };
  return stored.some(({ type }) => !types.includes(type)) ? { code: 'not-allowed', detail: 'This contact takes other types.' } : null;
}

function stateOf({ frame, form, locale, files }: Posting, problems: FieldProblems): FormState {
  return { ...frame, action: 'form', locale, values: form.fields, problems, files };
}
