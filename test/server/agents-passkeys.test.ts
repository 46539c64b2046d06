import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { agentSelfSchema } from '@storefront-support/contract/agent-schemas';
import { AgentBrowser, addAgent, signedIn } from '../support/agent-browser.ts';
import { deskCommand } from '../support/desk-command.ts';
import { openDesks } from '../support/desks.ts';
import type { HttpAnswer } from '../support/http-request.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { storedRows } from '../support/stored-rows.ts';
import { SoftwareAuthenticator } from '../support/software-authenticator.ts';

describe('agents', () => {
  let server: ServerProcess;

  before(async () => {
    server = await startServer({ config: openDesks() });
  });
  after(() => server.stop());

  const same = (one: HttpAnswer, other: HttpAnswer) => {
    assert.equal(one.status, other.status);
    assert.equal(one.text, other.text);
  };

  for (const algorithm of ['ES256', 'EdDSA'] as const) {
    it(`sign in with a passkey (${algorithm})`, async () => {
      const nora = await addAgent(server, { name: `Nora ${algorithm}` });
      const browser = await signedIn(server, nora);
      const authenticator = new SoftwareAuthenticator({ algorithm, origin: browser.origin });
      const post = (address: string, body: unknown = {}) => browser.ask(address, { method: 'POST', body });
      const options = (await post('/v1/agent/passkey-options')).json<{ challenge: string; user: { id: string } }>();
      const answer = authenticator.create(options);
      const registered = await post('/v1/agent/passkeys', { name: 'Laptop', answer });
      assert.equal(registered.status, 201, registered.text);
      assert.equal((await post('/v1/agent/passkeys', { name: 'Again', answer })).status, 400, 'a challenge is answered once');
      await post('/v1/agent/sign-out');
      const ask = async () => (await post('/v1/agent/sign-in/passkey-options')).json<{ challenge: string }>();
      const proof = authenticator.get(await ask());
      assert.equal((await post('/v1/agent/sign-in/passkey', { answer: proof })).status, 200);
      assert.equal(agentSelfSchema.parse((await browser.ask('/v1/agent/me')).json()).agent.id, nora.id);
      const replay = new AgentBrowser(server);
      const refused = await replay.ask('/v1/agent/sign-in/passkey', { method: 'POST', body: { answer: proof } });
      assert.equal(refused.status, 401);

      const wrong = async (change: (made: Record<string, unknown>) => unknown) => {
        const made = authenticator.get(await ask()) as Record<string, unknown>;
        return replay.ask('/v1/agent/sign-in/passkey', { method: 'POST', body: { answer: change(made) } });
      };
      const stranger = new SoftwareAuthenticator({ algorithm, origin: browser.origin });
      const elsewhere = new SoftwareAuthenticator({ algorithm, origin: 'https://evil.example' });
      same(await wrong((made) => ({ ...made, id: stranger.id.toString('base64url'), rawId: stranger.id.toString('base64url') })), refused);
      for (const other of [stranger, elsewhere]) {
        other.userHandle = authenticator.userHandle;
        other.counter = authenticator.counter + 10;
        const forged = {
          ...(other.get(await ask()) as object),
          id: authenticator.id.toString('base64url'),
          rawId: authenticator.id.toString('base64url'),
        };
        same(await replay.ask('/v1/agent/sign-in/passkey', { method: 'POST', body: { answer: forged } }), refused);
      }
      const cloned = authenticator.counter;
      authenticator.counter = 0;
      same(await wrong((made) => made), refused);
      authenticator.counter = cloned;
      same(await wrong((made) => ({ ...made, response: { ...(made['response'] as object), signature: 'AAAA' } })), refused);
      await deskCommand(server, 'agents', 'disable', nora.email);
      same(await wrong((made) => made), refused);
      await deskCommand(server, 'agents', 'enable', nora.email);
      same(await wrong((made) => made), refused);
      assert.equal((await browser.signIn(nora, 1)).status, 200, 'the password is as good as before');
    });
  }

  it('show a second factor of the last minutes before they add a passkey or take one away', async () => {
    const pia = await addAgent(server, { name: 'Pia' });
    const browser = await signedIn(server, pia);
    const authenticator = new SoftwareAuthenticator({ origin: browser.origin });
    const post = (address: string, body: unknown = {}) => browser.ask(address, { method: 'POST', body });
    const begin = () => post('/v1/agent/passkey-options');
    const pass = (minutes: number) =>
      storedRows(
        server,
        `update agent_session set second_factor_at = second_factor_at - ${minutes * 60_000}, authenticated_at = authenticated_at - 1 where agent_id = ?`,
        pia.id,
      );
    const refused = (answer: HttpAnswer) => assert.deepEqual([answer.status, answer.json()['code']], [403, 'second-factor-needed']);
    await pass(4);
    assert.equal((await begin()).status, 200);
    await pass(1);
    refused(await begin());
    // a key would let its holder stay as well
    refused(await post('/v1/agent/keys', { name: 'report' }));
    assert.equal((await browser.signIn(pia, 1)).status, 200);
    const answer = authenticator.create((await begin()).json<{ challenge: string; user: { id: string } }>());
    const { passkey } = (await post('/v1/agent/passkeys', { name: 'Laptop', answer })).json<{ passkey: { id: string } }>();
    await pass(5);
    const remove = () => browser.ask(`/v1/agent/passkeys/${passkey.id}`, { method: 'DELETE' });
    refused(await remove());
    const proof = authenticator.get((await post('/v1/agent/sign-in/passkey-options')).json<{ challenge: string }>());
    assert.equal((await post('/v1/agent/sign-in/passkey', { answer: proof })).status, 200);
    assert.equal((await remove()).status, 204);
    assert.deepEqual(agentSelfSchema.parse((await browser.ask('/v1/agent/me')).json()).passkeys, []);
  });

  it('need a passkey that makes sure who they are', async () => {
    const browser = await signedIn(server, await addAgent(server, { name: 'Omar' }));
    const careless = new SoftwareAuthenticator({ origin: browser.origin, verifiesUser: false });
    const options = (await browser.ask('/v1/agent/passkey-options', { method: 'POST', body: {} })).json<{ challenge: string }>();
    const answer = await browser.ask('/v1/agent/passkeys', { method: 'POST', body: { name: 'Stick', answer: careless.create(options) } });
    assert.equal(answer.status, 400);
  });
});
