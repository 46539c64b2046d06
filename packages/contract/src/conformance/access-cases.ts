import { accessRequestSchema, auditExportSchema, ticketAccessSchema, vaultPassSchema } from '../access-schemas.js';
import type { ConformanceCase } from '../conformance.js';
import { newKeys, type Bench } from './bench.js';
import { expect, expectEqual, expectRejection, expectShape } from './expect.js';
import { fileTicket } from './followed-ticket.js';

/** Lending access. None where the adapter cannot; without an agent who asks only what needs none. */
export function accessCases(bench: Bench): ConformanceCase[] {
  const { harness } = bench;
  const { access: port } = bench.adapter;
  if (!port || !bench.adapter.tracking) return [];
  const cases: ConformanceCase[] = [
    {
      name: 'shows a new ticket without anything that is asked for or lent',
      async run() {
        const { number, access } = await fileTicket(bench);
        const state = await port.getAccess(number, access);
        expectShape(state, ticketAccessSchema, 'what is lent');
        expectEqual([state.requests, state.records, state.audit], [[], [], null], 'requests, records and audit');
        expectEqual((await port.getAudit(number, access)).entries, [], 'the audit');
      },
    },
    {
      name: 'shows what is lent to nobody whom its ticket is not open to',
      async run() {
        const { number } = await fileTicket(bench);
        const options = { token: newKeys().secret };
        await expectRejection(port.getAccess(number, options), ['not-found'], 'another secret');
        await expectRejection(port.getAudit(number, options), ['not-found'], 'the audit by another secret');
        await expectRejection(port.openVault(number, 'request', options), ['not-found'], 'a pass by another secret');
      },
    },
    {
      name: 'answers records and requests that do not exist as not found',
      async run() {
        const { number, access } = await fileTicket(bench);
        await expectRejection(port.decline(number, 'a-request-of-nobody', access), ['not-found'], 'a request of nobody');
        await expectRejection(port.revoke(number, 'AAAAAAAAAAAAAAAAAAAAAA', access), ['not-found'], 'a record of nobody');
      },
    },
  ];
  const { askAccess } = harness;
  if (!askAccess) return cases;
  return [
    ...cases,
    {
      name: 'tells of what an agent asks for, opens the vault page for it and says no once',
      async run() {
        const { number, access } = await fileTicket(bench);
        await askAccess(number, ['ssh', 'database'], 'read the logs');
        const state = await port.getAccess(number, access);
        expectShape(state, ticketAccessSchema, 'what is asked for');
        const [request] = state.requests;
        expectShape(request, accessRequestSchema, 'the request');
        expectEqual([request?.state, request?.kinds, request?.reason], ['asked', ['ssh', 'database'], 'read the logs'], 'the request');
        const id = request?.id ?? '';
        const pass = await port.openVault(number, id, access);
        expectShape(pass, vaultPassSchema, 'the pass');
        expect(Date.parse(pass.expiresAt) > Date.now(), `a pass until ${pass.expiresAt}`);
        expectEqual((await port.decline(number, id, access)).state, 'declined', 'the request that was declined');
        await expectRejection(port.decline(number, id, access), ['request-closed'], 'the same once more');
        await expectRejection(port.openVault(number, id, access), ['request-closed'], 'a pass for what was declined');
        const audit = await port.getAudit(number, access);
        expectShape(audit, auditExportSchema, 'the audit');
        expectEqual(
          audit.entries.map(({ event }) => event),
          ['request.asked', 'request.declined'],
          'events of the audit',
        );
        expectEqual(audit.entries[1]?.prev, audit.entries[0]?.hash, 'what links the second entry to the first');
      },
    },
  ];
}
