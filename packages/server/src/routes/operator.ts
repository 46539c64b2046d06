import { randomBytes } from 'node:crypto';
import { SupportError, type ServedContact } from '@storefront-support/contract';
import {
  newAgentKeySchema,
  newAgentSchema,
  operatorAgentChangeSchema,
  operatorPasswordSchema,
} from '@storefront-support/contract/agent-schemas';
import { Hono } from 'hono';
import { newKey } from '../agents/new-key.js';
import { hashPassword } from '../agents/passwords.js';
import { invite } from '../agents/set-up.js';
import { base32, newTimeCodeSecret, timeCodeUri } from '../agents/time-code.js';
import { invalidFields } from '../invalid-fields.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { INVITE_MS } from '../store/agent-invites.js';
import { listAgentKeys, removeAgentKey } from '../store/agent-keys.js';
import { addAgent, changeAgent, findAgent, listAgents, setContacts, withContacts, type AgentRow } from '../store/agents.js';
import { passkeysOf } from '../store/passkeys.js';
import { instant } from '../store/tickets.js';
import type { AgentRouteSettings } from './agent-sign-in.js';

/** An agent as the operator sees them. */
export interface ListedAgent {
  id: string;
  name: string;
  email: string;
  role: 'agent' | 'admin';
  /** Null: every contact. */
  contacts: ServedContact[] | null;
  disabled: boolean;
  hasPassword: boolean;
  hasTimeCode: boolean;
  passkeys: number;
}

/** What only the owner of the data folder may do, below `/operator`: never mounted on an origin. */
export function operatorRoutes(ports: Ports, { own, seal }: Pick<AgentRouteSettings, 'own' | 'seal'>): Hono<AppEnv> {
  const { store, now, desks } = ports;
  return new Hono<AppEnv>()
    .get('/desks', (c) =>
      c.json({ desks: [...desks.values()].map(({ desk: { id, contacts } }) => ({ id, contacts: contacts.map((contact) => contact.id) })) }),
    )
    .get('/agents', async (c) => c.json({ agents: await Promise.all((await listAgents(store.read)).map(listed)) }))
    .post('/agents', async (c) => {
      const { contacts = [], ...draft } = await readBody(c, newAgentSchema);
      checkContacts(contacts);
      const agent = await store.write.run(async (trx) => {
        const added = await addAgent(trx, draft, now());
        if (added) await setContacts(trx, added.id, contacts);
        return added;
      });
      if (!agent) throw new SupportError('conflict', 'There is an agent of this address already.');
      return c.json({ agent: await listed(await found(draft.email)), setUp: await linkFor(agent.id) }, 201);
    })
    .patch('/agents/:email', async (c) => {
      const { contacts, disabled, role } = await readBody(c, operatorAgentChangeSchema);
      if (contacts) checkContacts(contacts);
      const { id } = await found(c.req.param('email'));
      await store.write.run(async (trx) => {
        if (disabled !== undefined || role !== undefined)
          await changeAgent(trx, id, {
            ...(disabled !== undefined && { disabledAt: disabled ? now() : null }),
            ...(role !== undefined && { role }),
          });
        if (contacts) await setContacts(trx, id, contacts);
      });
      return c.json({ agent: await listed(await found(c.req.param('email'))) });
    })
    .post('/agents/:email/invites', async (c) => {
      const agent = await found(c.req.param('email'));
      if (agent.disabledAt !== null) throw new SupportError('conflict', 'This account is disabled; enable it first.');
      return c.json({ setUp: await linkFor(agent.id) }, 201);
    })
    .post('/agents/:email/password', async (c) => {
      const { password: given } = await readBody(c, operatorPasswordSchema);
      const { id } = await found(c.req.param('email'));
      const password = given ?? randomBytes(15).toString('base64url');
      const passwordHash = await hashPassword(password);
      await store.write.run((trx) => changeAgent(trx, id, { passwordHash }));
      return c.json({ password: given === undefined ? password : null });
    })
    .post('/agents/:email/time-code', async (c) => {
      const { id, email } = await found(c.req.param('email'));
      const secret = newTimeCodeSecret();
      await store.write.run((trx) => changeAgent(trx, id, { totpSecret: seal.close(secret, id) }));
      return c.json({ timeCode: { secret: base32(secret), uri: timeCodeUri(secret, email) } }, 201);
    })
    .get('/agents/:email/keys', async (c) => c.json({ keys: await listAgentKeys(store.read, (await found(c.req.param('email'))).id) }))
    .post('/agents/:email/keys', async (c) => {
      const draft = await readBody(c, newAgentKeySchema);
      const { id, disabledAt } = await found(c.req.param('email'));
      if (disabledAt !== null) throw new SupportError('conflict', 'This account is disabled; enable it first.');
      return c.json(await newKey(ports, id, draft), 201);
    })
    .delete('/agents/:email/keys/:id', async (c) => {
      const { id } = await found(c.req.param('email'));
      await store.write.run((trx) => removeAgentKey(trx, id, c.req.param('id')));
      return c.body(null, 204);
    });

  async function found(email: string): Promise<AgentRow> {
    const agent = await findAgent(store.read, { email: email.toLowerCase() });
    if (!agent) throw new SupportError('not-found', 'There is no agent of this address; "agents list" names them.');
    return agent;
  }

  async function listed(row: AgentRow): Promise<ListedAgent> {
    const [{ contacts }, passkeys] = await Promise.all([withContacts(store.read, row), passkeysOf(store.read, row.id)]);
    const { id, name, email, role } = row;
    return {
      id,
      name,
      email,
      role,
      contacts,
      disabled: row.disabledAt !== null,
      hasPassword: row.passwordHash !== null,
      hasTimeCode: row.totpSecret !== null,
      passkeys: passkeys.length,
    };
  }

  async function linkFor(agentId: string): Promise<{ url: string; expiresAt: string }> {
    const token = await invite({ store, now, seal }, agentId);
    // in the fragment, which no server and no Referer is shown
    return { url: `${own.url('inbox')}/#set-up=${token}`, expiresAt: instant(now() + INVITE_MS) };
  }

  function checkContacts(contacts: readonly ServedContact[]): void {
    for (const [index, { deskId, contactId }] of contacts.entries()) {
      if (desks.get(deskId)?.desk.contacts.some(({ id }) => id === contactId)) continue;
      const all = [...desks.values()].flatMap(({ desk }) => desk.contacts.map(({ id }) => `${desk.id}/${id}`));
      throw invalidFields({ [`contacts.${index}`]: { code: 'invalid', detail: `No such contact; there are ${all.join(', ')}.` } });
    }
  }
}
