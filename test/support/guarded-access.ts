import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ageText } from './age-bytes.ts';
import type { GuardedTicket, GuardedWorld, Pass, WorldRequest } from './guarded-world.ts';
import { newRecordId } from './lent-access.ts';
import { newKeys } from './ticket-request.ts';

/** Everything of lent access that hangs on one ticket. */
export interface GuardedAccess {
  /** Asked for, and not answered yet. */
  askedId: string;
  askedPass: string;
  /** Offered, and not accepted yet. */
  offeredId: string;
  /** Its pass. */
  pass: string;
  requestId: string;
  /** Active, and nobody has it. */
  recordId: string;
  /** Revoked. */
  endedId: string;
  /** A release to the agent who asked. */
  revealId: string;
  /** A release to the admin, to be sealed to another key. */
  rewrapId: string;
}

/** Somebody at the inbox, at the vault page, and with a key. */
interface GuardedAgent {
  id: string;
  cookie: string;
  vault: string;
}

/** Has an agent ask and a customer lend; the ticket becomes the admin's. */
export async function lendOn(world: GuardedWorld, ticket: GuardedTicket, agent: GuardedAgent, admin: GuardedAgent): Promise<GuardedAccess> {
  const { desk, number, keys, canary } = ticket;
  const folder = path.join(world.folder, 'vault', desk);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({ recipients: [{ epoch: 1 }, { epoch: 2 }] }));
  await writeFile(path.join(folder, 'manifest.json.sig'), 'signed');
  const customer: Pass = { token: keys.secret };
  const fresh = () => ({ 'Idempotency-Key': newKeys().idempotencyKey });
  const access = `/v1/desks/${desk}/tickets/${number}/access`;
  const forAgents = `/v1/desks/${desk}/agent/tickets/${number}/access`;
  const vault = `/v1/desks/${desk}/agent/vault`;
  const at = (hours: number) => new Date(world.ports.now() + hours * 3_600_000).toISOString();
  const ask = async () => {
    const body = { kinds: ['admin-panel'], reason: `${canary} reason`, neededUntil: at(24) };
    const made = await json<{ request: { id: string } }>(
      world,
      { method: 'POST', path: `${forAgents}/requests`, host: 'inbox', headers: fresh(), body },
      agent,
    );
    return made.request.id;
  };
  const requestId = await ask();
  const passFor = async (id: string) =>
    (await json<{ token: string }>(world, { method: 'POST', path: `${access}/requests/${id}/passes` }, customer)).token;
  const pass = await passFor(requestId);
  const seal = async () => {
    const id = newRecordId();
    const meta = { requestId, kind: 'admin-panel', epoch: 1, createdAt: at(0), expiresAt: at(48), maxReveals: 9, fileBytes: 0 };
    const headers = { 'Vault-Meta': JSON.stringify(meta), 'Content-Type': 'application/octet-stream' };
    await json(
      world,
      { method: 'PUT', path: `/v1/desks/${desk}/vault/records/${id}`, host: 'vault', headers, body: ageText() },
      { token: pass },
    );
    return id;
  };
  const release = async (what: 'reveals' | 'rewraps', recordId: string, by: GuardedAgent) => {
    const body = what === 'reveals' ? { body: { reason: `${canary} look` } } : {};
    const made = await json<{ id: string }>(
      world,
      { method: 'POST', path: `${vault}/records/${recordId}/${what}`, host: 'agent-vault', headers: fresh(), ...body },
      by,
    );
    return made.id;
  };
  const recordId = await seal();
  const endedId = await seal();
  await json(world, { method: 'DELETE', path: `${access}/records/${endedId}` }, customer);
  const revealId = await release('reveals', await seal(), agent);
  const rewrapId = await release('rewraps', await seal(), admin);
  const offer = { kinds: ['ssh'], reason: `${canary} offer` };
  const offered = await json<{ request: { id: string } }>(
    world,
    { method: 'POST', path: `${access}/offers`, headers: fresh(), body: offer },
    customer,
  );
  const askedId = await ask();
  const askedPass = await passFor(askedId);
  await world.ports.store.write.run((trx) =>
    trx.updateTable('ticket').set({ assigneeId: admin.id }).where('deskId', '=', desk).where('number', '=', number).execute(),
  );
  return { askedId, askedPass, offeredId: offered.request.id, pass, requestId, recordId, endedId, revealId, rewrapId };
}

async function json<T>(world: GuardedWorld, request: WorldRequest, pass: Pass): Promise<T> {
  const { token, cookie, vault } = pass;
  const browser = cookie === undefined && vault === undefined ? { token } : { cookie, vault };
  const answer = await world.request(request, browser as Pass);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${request.method} ${request.path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
