import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { AccessRecord, RevealOutcome } from '@storefront-support/contract';
import { makeKeyPair } from '@storefront-support/vault/device-keys';
import { checkDraft } from '@storefront-support/vault/draft';
import { sealAccess } from '@storefront-support/vault/seal';
import { wrapTeamKey } from '@storefront-support/vault/team';
import type { AgentApi } from '../../packages/vault-page/dist/reveal/agent-api.js';
import type { Device } from '../../packages/vault-page/dist/reveal/device.js';
import { openRecord } from '../../packages/vault-page/dist/reveal/opening.js';
import { drafts } from '../support/access-drafts.ts';
import { bind, codeOf, DESK, makeTeam } from '../support/vault-team.ts';

describe('a server that hands out another record than the one that an agent opens', () => {
  const lent = { ...bind, epoch: 1 };
  const told: RevealOutcome[] = [];
  let device: Device;
  let server: AgentApi;

  before(async () => {
    const team = await makeTeam();
    const { identity, recipient } = await makeKeyPair();
    const wrapped = Buffer.from(await wrapTeamKey(team.key, [{ name: 'laptop', recipient }])).toString('base64');
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    device = { identity: () => Promise.resolve(identity) } as unknown as Device;
    // it says the truth of what it hands out, and lies about what was asked for
    server = {
      identity: () => Promise.resolve({ epoch: 1, wrapped, devices: [], revision: 1 }),
      open: () => Promise.resolve({ id: 'r', bind: lent, fileBytes: 0 }),
      sealed: () => Promise.resolve(body),
      acknowledge: (_desk: string, _id: string, outcome: RevealOutcome) => Promise.resolve(void told.push(outcome)),
    } as unknown as AgentApi;
  });

  interface Asked {
    desk?: string;
    ticket?: string;
    id?: string;
    requestId?: string;
  }
  const open = ({ desk = DESK, ticket = lent.ticket, id = lent.record, requestId = lent.request }: Asked = {}) =>
    openRecord(server, { desk, ticket, record: { id, requestId, epoch: 1 } as AccessRecord, reason: 'look', key: 'k' }, device);

  it('is found out: of another desk, ticket or request, or another record of the same', async () => {
    assert.equal((await open()).access.kind, 'ssh');
    const lies: Asked[] = [{ desk: 'other' }, { ticket: '2026-0002' }, { requestId: 'request-2' }, { id: 'B'.repeat(22) }];
    for (const asked of lies) assert.equal(await codeOf(open(asked)), 'bind-mismatch', JSON.stringify(asked));
    assert.deepEqual(told, ['opened', ...lies.map(() => 'bind-mismatch')]);
  });
});
