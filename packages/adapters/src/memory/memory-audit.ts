import type { AuditEntry, AuditExport } from '@storefront-support/contract';
import { AUDIT_START, auditText } from '@storefront-support/contract/access-audit';
import type { LifeEvent } from '@storefront-support/contract/access-lifecycle';
import { hex } from '../random-token.js';

/** What something happens to. */
export interface AuditSubject {
  requestId: string;
  recordId?: string | undefined;
  epoch?: number | undefined;
}

/** Something to be written down. `at`: milliseconds since 1970. */
export interface AuditDraft extends Pick<AuditEntry, 'event' | 'actor' | 'reason'>, AuditSubject {
  at: number;
}

/** A chain for every ticket of a desk. */
export class MemoryAudits {
  readonly #deskId: string;
  readonly #audits = new Map<string, MemoryAudit>();

  constructor(deskId: string) {
    this.#deskId = deskId;
  }

  of(number: string): MemoryAudit {
    const audit = this.#audits.get(number) ?? new MemoryAudit(`${this.#deskId}/${number}`);
    this.#audits.set(number, audit);
    return audit;
  }

  /** @param actor who gave the command; what time has done is nobody's. */
  write(number: string, events: readonly LifeEvent[], actor: AuditEntry['actor'], about: AuditSubject & { reason: string }): void {
    for (const { event, at, byItself } of events) {
      const nobody = { ...about, actor: { kind: 'desk', id: null, name: '' }, reason: '' } as const;
      this.of(number).add({ event, at, ...(byItself ? nobody : { ...about, actor }) });
    }
  }
}

/** What was done on one ticket, each link with the hash of the one before. */
export class MemoryAudit {
  readonly #chain: string;
  readonly #drafts: AuditDraft[] = [];
  readonly #entries: AuditEntry[] = [];

  constructor(chain: string) {
    this.#chain = chain;
  }

  /** The last link that has been hashed; null before there is one. */
  get head(): { seq: number; hash: string } | null {
    const last = this.#entries.at(-1);
    return last ? { seq: last.seq, hash: last.hash } : null;
  }

  add(draft: AuditDraft): void {
    this.#drafts.push(draft);
    void this.export();
  }

  async export(): Promise<AuditExport> {
    for (const [index, { at, recordId = null, epoch = null, ...draft }] of this.#drafts.entries()) {
      if (this.#entries[index]) continue;
      const prev = this.#entries[index - 1]?.hash ?? AUDIT_START;
      const link = { ...draft, recordId, epoch, seq: index + 1, at: new Date(at).toISOString(), client: 'web', network: '', prev } as const;
      const text = new TextEncoder().encode(auditText(this.#chain, link));
      const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
      this.#entries[index] ??= { ...link, hash };
    }
    return { chain: this.#chain, entries: structuredClone(this.#entries) };
  }
}
