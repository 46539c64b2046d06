import { isSupportError, SupportError, type AccessMeta, type VaultErrorCode } from '@storefront-support/contract';
import { ACCESS } from '@storefront-support/contract/access-record';
import { expiryProblem } from '@storefront-support/contract/access-lifecycle';
import { checkDraft, warningOf, type CheckedAccess } from '@storefront-support/vault/draft';
import { mayFocus } from '../base/keep-focus.js';
import { newId } from '../base/new-id.js';
import { trusted } from '../base/trust.js';
import { readDraft } from './draft.js';
import type { SealedRecord } from './lend-server.js';
import type { VaultLend } from './vault-lend.js';

/** What seals, in a file of its own: on its way while the keys are checked, and there before a field is drawn. */
export const sealing = () => import('@storefront-support/vault/seal');

/** Seals what was typed, and sends it until it has arrived. */
export class Sending {
  readonly #page: VaultLend;
  /** Sealed and not acknowledged yet. */
  pending: (SealedRecord & { receipt: string }) | undefined;

  constructor(page: VaultLend) {
    this.#page = page;
  }

  /** Checks the fields, seals and sends. What is wrong is shown, and nothing has left the page. */
  async seal(): Promise<void> {
    const page = this.#page;
    if (page.busy || (page.phase !== 'typing' && page.phase !== 'interrupted')) return;
    page.busy = true;
    page.code = undefined;
    try {
      const [checked, bytes] = await this.#read();
      page.problems = {};
      if (warningOf(checked) && !page.warned) {
        page.warned = true;
        await page.updateComplete;
        this.#focus('[data-warning]');
        return;
      }
      page.phase = 'sealing';
      page.say(page.text?.sealing ?? '');
      // the page may have stood open for long
      if (page.manifest && Date.now() >= Date.parse(page.manifest.notAfter)) await this.#refresh();
      await this.#seal(checked, bytes);
      await this.#send().catch(async (error: unknown) => {
        const code = isSupportError(error) ? error.code : '';
        if (code !== 'epoch-old' && !(code === 'gone' && page.replaces)) throw error;
        // the team's key has changed since the page was opened, or what was to be replaced has ended by itself
        this.pending = undefined;
        if (code === 'gone') page.replaces = '';
        await this.#refresh();
        await this.#seal(checked, bytes);
        await this.#send();
      });
    } catch (cause) {
      await this.#explain(cause);
    } finally {
      page.busy = false;
    }
  }

  /** Sends once more what is sealed already. */
  again(): Promise<void> {
    const page = this.#page;
    return page.run(async () => {
      if (!this.pending) return;
      page.phase = 'sealing';
      await this.#send();
    });
  }

  /** Back to what was typed: what was sealed is not sent. */
  drop(): void {
    this.pending?.body.fill(0);
    this.pending = undefined;
    const page = this.#page;
    if (page.phase !== 'offline') return;
    page.phase = 'typing';
    page.code = undefined;
  }

  /** Reads request and keys anew. Keys that are to be trusted no more close the page; without an answer, what was typed stays. */
  async #refresh(): Promise<void> {
    const page = this.#page;
    const { desk, roots, pin, server, pass, asked } = page;
    const [anew, published] = await Promise.all([server!.request(pass), server!.manifest()]);
    // a pass of another request may have come in place of one that ran out
    if (anew.request.id !== asked?.request.id || anew.origin !== asked.origin)
      throw new SupportError('origin-not-allowed', 'The pass is of another page, or another request.');
    page.asked = anew;
    page.manifest = undefined;
    page.manifest = await trusted(published, { desk, roots, pin });
  }

  async #read(): Promise<[CheckedAccess, Uint8Array | undefined]> {
    const page = this.#page;
    const { renderRoot, kind, choices, line } = page;
    if (!kind) throw new SupportError('internal', 'No kind was chosen.');
    const draft = readDraft(renderRoot, kind, choices);
    if (line) draft['vendorKey'] = line.fingerprint;
    const until = page.expiry.instant();
    const late = until ? expiryProblem(Date.parse(until), page.now()) : 'expiry-required';
    const fields = late ? { expiry: { code: 'invalid' as const, detail: late } } : {};
    let bytes: Uint8Array | undefined;
    if (kind === 'file') {
      const file = renderRoot.querySelector<HTMLInputElement>('[type=file]')?.files?.[0];
      const problem = !file?.size ? 'required' : file.size > ACCESS.fileBytes ? 'too-large' : undefined;
      if (!file || problem) {
        throw new SupportError('invalid-fields', 'The file.', {
          fields: { file: { code: problem ?? 'required', detail: 'The file.' }, ...fields },
        });
      }
      bytes = new Uint8Array(await file.arrayBuffer());
      const { describeFile } = await sealing();
      Object.assign(draft, await describeFile(bytes, file.name, file.type));
    }
    try {
      const checked = checkDraft(draft);
      if (late) throw new SupportError('invalid-fields', 'The expiry.', { fields });
      return [checked, bytes];
    } catch (error) {
      if (!isSupportError(error) || !late) throw error;
      throw new SupportError('invalid-fields', 'Some fields, and the expiry.', { fields: { ...error.fields, ...fields } });
    }
  }

  async #seal(checked: CheckedAccess, bytes: Uint8Array | undefined): Promise<void> {
    const { asked, manifest, expiry, kind, desk, now, replaces } = this.#page;
    if (!asked || !manifest || !kind) throw new SupportError('internal', 'There is nothing to seal for.');
    const id = newId();
    const at = {
      createdAt: new Date(now.call(this.#page)).toISOString(),
      expiresAt: expiry.instant(),
      maxReveals: expiry.once ? 1 : ACCESS.revealsMax,
    };
    const requestId = asked.request.id;
    const bind = { desk, ticket: asked.ticket.number, request: requestId, record: id, origin: asked.origin, ...at };
    const { sealAccess } = await sealing();
    const { body, fileBytes, epoch, receipt } = await sealAccess(bind, checked, manifest, bytes);
    const meta: AccessMeta = { requestId, kind, epoch, fileBytes, ...at, supersedes: replaces || undefined };
    this.pending = { id, meta, body, receipt };
  }

  async #send(): Promise<void> {
    const page = this.#page;
    const { pending } = this;
    if (!pending || !page.server) return;
    const record = await page.server.send(page.pass, pending);
    if (record.id !== pending.id || record.receipt !== pending.receipt)
      throw new SupportError('not-a-receipt', 'Something else has arrived.');
    this.pending = undefined;
    page.empty();
    page.record = record;
    page.phase = 'sent';
    page.tell({ type: 'done', record: record.id, receipt: record.receipt, expiresAt: record.expiresAt });
    await page.updateComplete;
    this.#focus('[data-sent]');
  }

  #focus(place: string): void {
    if (mayFocus()) this.#page.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  async #explain(cause: unknown): Promise<void> {
    const page = this.#page;
    const fields = isSupportError(cause) && (cause.code as VaultErrorCode) === 'invalid-fields' ? cause.fields : undefined;
    if (!fields) return page.fail(cause);
    if (fields['expiry']) await page.learn();
    page.phase = 'typing';
    page.problems = fields;
    await page.updateComplete;
    this.#focus('[data-summary]');
  }
}
