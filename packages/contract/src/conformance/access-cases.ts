import { ACCESS, afterCareOf } from '../access-record.js';
import { accessRecordSchema, accessRequestSchema, auditExportSchema, ticketAccessSchema, vaultPassSchema } from '../access-schemas.js';
import type { AccessPort, SupportAdapter } from '../adapter.js';
import type { ConformanceCase } from '../conformance.js';
import { newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, expectShape } from './expect.js';
import { fileTicket, type FollowedTicket } from './followed-ticket.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REASON = 'To see the checkout error';

/** Lending access. None where no access can be lent. */
export function accessCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  if (!bench.adapter.access || !bench.adapter.tracking) return [];
  const cases: ConformanceCase[] = [
    {
      name: 'has nothing of lent access on a new ticket',
      async run() {
        const filed = await fileTicket(bench);
        const state = await accessOf(filed.adapter).getAccess(filed.number, filed.access);
        expectShape(state, ticketAccessSchema, 'the access of a ticket');
        expectEqual([state.requests, state.records, state.audit], [[], [], null], 'access');
        expectEqual((await accessOf(filed.adapter).getAudit(filed.number, filed.access)).entries, [], 'audit');
      },
    },
    {
      name: 'answers about lent access to the owner of the ticket alone',
      async run() {
        const filed = await fileTicket(bench);
        for (const [what, call] of everyCall(accessOf(filed.adapter), filed.number, { token: newKeys().secret }))
          await expectRejection(call(), ['not-found'], what);
      },
    },
    {
      name: 'rejects every call about lent access at once when the signal is aborted already',
      async run() {
        const filed = await fileTicket(bench);
        const options = { ...filed.access, signal: AbortSignal.abort() };
        for (const [what, call] of everyCall(accessOf(filed.adapter), filed.number, options))
          await expectRejection(bench.promptly(call(), what), ['aborted'], what);
      },
    },
    {
      name: 'answers records and requests that do not exist as not found',
      async run() {
        const { adapter, number, access } = await fileTicket(bench);
        const port = accessOf(adapter);
        await expectRejection(port.decline(number, 'a-request-of-nobody', access), ['not-found'], 'a request of nobody');
        await expectRejection(port.revoke(number, 'A'.repeat(22), access), ['not-found'], 'a record of nobody');
      },
    },
    {
      name: 'takes an offer once for the same key, where offers are taken, and takes it back',
      async run() {
        const filed = await fileTicket(bench);
        const port = accessOf(filed.adapter);
        const options = { ...filed.access, key: newKeys().idempotencyKey };
        const offer = { kinds: ['ssh' as const], reason: REASON };
        if (!(await port.getAccess(filed.number, filed.access)).offers)
          return expectRejection(port.offer(filed.number, offer, options), ['not-found'], 'an offer where none is taken');
        const made = await port.offer(filed.number, offer, options);
        expectShape(made, accessRequestSchema, 'the offer');
        expectEqual((await port.offer(filed.number, offer, options)).id, made.id, 'the same offer');
        await expectRejection(port.openVault(filed.number, made.id, filed.access), ['request-closed'], 'the vault page for a mere offer');
        expectEqual((await port.withdraw(filed.number, made.id, filed.access)).state, 'withdrawn', 'the offer');
        expectEqual((await port.getAccess(filed.number, filed.access)).requests.length, 1, 'offers');
      },
    },
  ];

  const { askAccess, sealRecord } = harness;
  if (askAccess) {
    cases.push({
      name: 'tells of a request for access, and lets it be declined',
      async run() {
        const filed = await fileTicket(bench);
        const port = accessOf(filed.adapter);
        await askAccess(filed.number, ['admin-panel', 'ssh'], REASON);
        const [request] = (await port.getAccess(filed.number, filed.access)).requests;
        expectShape(request, accessRequestSchema, 'the request');
        expectEqual([request?.state, request?.kinds, request?.reason], ['asked', ['admin-panel', 'ssh'], REASON], 'request');
        const id = request?.id ?? '';
        expectEqual(await signOf(filed), 'asked', 'what the ticket shows');
        expectShape(await port.openVault(filed.number, id, filed.access), vaultPassSchema, 'the pass');
        expectEqual((await port.decline(filed.number, id, { ...filed.access, reason: 'Not now' })).state, 'declined', 'the request');
        await expectRejection(port.decline(filed.number, id, filed.access), ['request-closed'], 'declining it again');
        await expectRejection(port.openVault(filed.number, id, filed.access), ['request-closed'], 'the vault page for it');
        expectEqual(await signOf(filed), null, 'what the ticket shows');
      },
    });
  }
  if (askAccess && sealRecord) {
    cases.push({
      name: 'follows a lent record to its end, and what is left to do after it',
      async run() {
        const filed = await fileTicket(bench);
        const { number, access } = filed;
        const port = accessOf(filed.adapter);
        await askAccess(number, ['admin-panel'], REASON);
        const requestId = (await port.getAccess(number, access)).requests[0]?.id ?? '';
        const id = await sealRecord(await port.openVault(number, requestId, access), requestId);
        const { requests, records } = await port.getAccess(number, access);
        expectShape(records[0], accessRecordSchema, 'the record');
        expectEqual([requests[0]?.state, records[0]?.id, records[0]?.state], ['answered', id, 'active'], 'request and record');
        expectEqual(await signOf(filed), 'lent', 'what the ticket shows');

        const at = (ms: number) => new Date(Date.now() + ms).toISOString();
        const later = at(2 * DAY);
        expectEqual((await port.changeExpiry(number, id, later, access)).expiresAt, later, 'expiry');
        await expectRejection(
          port.changeExpiry(number, id, at(ACCESS.expiryMaxMs + DAY), access),
          ['expiry-too-long'],
          'an expiry too far',
        );
        await expectRejection(port.changeExpiry(number, id, at(-HOUR), access), ['expiry-too-short'], 'an expiry in the past');

        const items = afterCareOf('admin-panel');
        const ended = await port.revoke(number, id, access);
        expectEqual([ended.state, ended.afterCare.map(({ item }) => item)], ['revoked', items], 'the record');
        await expectRejection(port.revoke(number, id, access), ['gone'], 'ending it again');
        expectEqual(await signOf(filed), 'after-care', 'what the ticket shows');
        const done = await port.tickAfterCare(number, id, items, access);
        expect(
          done.afterCare.every(({ doneAt }) => doneAt !== null),
          'not everything that was ticked is ticked',
        );
        expectEqual(await signOf(filed), null, 'what the ticket shows');

        const audit = await port.getAudit(number, access);
        expectShape(audit, auditExportSchema, 'the audit');
        expectEqual(audit.entries[1]?.prev, audit.entries[0]?.hash, 'what links the second entry to the first');
        const told = ['request.asked', 'record.granted', 'record.expiry-changed', 'record.revoked', 'aftercare.done'];
        expectEqual(
          audit.entries.map(({ event }) => event),
          told,
          'what the audit tells',
        );
        const head = (await port.getAccess(number, access)).audit;
        expectEqual([head?.seq, head?.hash], [told.length, audit.entries.at(-1)?.hash], 'the last link of the audit');
      },
    });
  }
  return cases;
}

function accessOf(adapter: SupportAdapter): AccessPort {
  expect(adapter.access, 'with this adapter no access can be lent, with the one before it could');
  return adapter.access;
}

async function signOf({ port, number, access }: FollowedTicket): Promise<string | null> {
  return (await port.getThread(number, access)).ticket.access ?? null;
}

function everyCall(port: AccessPort, number: string, options: { token: string; signal?: AbortSignal }): [string, () => Promise<unknown>][] {
  const record = 'x'.repeat(22);
  return [
    ['reading', () => port.getAccess(number, options)],
    ['opening the vault page', () => port.openVault(number, record, options)],
    ['declining', () => port.decline(number, record, options)],
    ['withdrawing', () => port.withdraw(number, record, options)],
    ['offering', () => port.offer(number, { kinds: ['ssh'], reason: REASON }, { ...options, key: newKeys().idempotencyKey })],
    ['changing the expiry', () => port.changeExpiry(number, record, new Date(Date.now() + DAY).toISOString(), options)],
    ['ending', () => port.revoke(number, record, options)],
    ['ticking', () => port.tickAfterCare(number, record, [], options)],
    ['reading the audit', () => port.getAudit(number, options)],
  ];
}
