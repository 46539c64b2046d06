import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';
import { TrustedProxies } from '@storefront-support/server';
import { addressBucket, addressOf } from '../../packages/server/dist/middleware/client-address.js';

const [open] = openDesks() as [{ desk: object; defences: object }];
const limited = [
  { ...open, defences: { ...open.defences, ticketsPerAddressPerHour: 2 } },
  { ...open, desk: { ...open.desk, id: 'second' }, defences: { ...open.defences, ticketsPerAddressPerHour: 1 } },
];

describe('ticket limits', () => {
  let server: ServerProcess;
  let proxied: ServerProcess;

  before(async () => {
    [server, proxied] = await Promise.all([
      startServer({ config: limited }),
      startServer({ config: limited, env: { TRUSTED_PROXIES: '127.0.0.0/8, ::1' } }),
    ]);
  });
  after(() => Promise.all([server.stop(), proxied.stop()]));

  it('refuses one address too many, says when to come back, and goes on answering what it has answered', async () => {
    const { url } = server;
    const keys = newKeys();
    assert.equal((await postTicket({ url, keys })).status, 201);
    assert.equal((await postTicket({ url })).status, 201);
    const refused = await postTicket({ url, headers: { Origin: `http://localhost:${server.port}` } });
    assert.equal(refused.status, 429);
    assert.equal(((await refused.json()) as { code: string }).code, 'rate-limited');
    const retryAfter = Number(refused.headers.get('retry-after'));
    assert.ok(retryAfter > 3_500 && retryAfter <= 3_600);
    assert.match(String(refused.headers.get('access-control-expose-headers')), /Retry-After/);
    assert.equal((await postTicket({ url, keys })).status, 201);
  });

  it('counts each desk by itself', async () => {
    const { url } = server;
    assert.equal((await postTicket({ url, desk: 'second' })).status, 201);
    assert.equal((await postTicket({ url, desk: 'second' })).status, 429);
  });

  it('does not count twins of one request, nor requests with broken fields', async () => {
    const from = (address: string, keys = newKeys(), draft = newDraft()) =>
      postTicket({ url: proxied.url, keys, draft, headers: { 'X-Forwarded-For': address } });
    const keys = newKeys();
    const twins = await Promise.all(Array.from({ length: 20 }, () => from('198.51.100.1', keys)));
    assert.deepEqual(new Set(twins.map(({ status }) => status)), new Set([201]));
    for (let n = 0; n < 5; n++) assert.equal((await from('198.51.100.1', newKeys(), newDraft({ contactId: 'nobody' }))).status, 422);
    assert.equal((await from('198.51.100.1')).status, 201);
    assert.equal((await from('198.51.100.1')).status, 429);
    assert.equal((await from('198.51.100.2')).status, 201);
  });

  it('is not fooled by what a client writes in front of its proxy', async () => {
    const from = async (forwarded: string) => (await postTicket({ url: proxied.url, headers: { 'X-Forwarded-For': forwarded } })).status;
    assert.equal(await from('1.1.1.1, 203.0.113.9'), 201);
    assert.equal(await from('2.2.2.2, 203.0.113.9'), 201);
    assert.equal(await from('3.3.3.3, 203.0.113.9, 127.0.0.7'), 429);
  });
});

describe('client address', () => {
  const none = new TrustedProxies([]);
  const some = new TrustedProxies(['10.0.0.0/8', '192.0.2.1', 'fd00::/8']);

  it('is the peer where no proxy is trusted', () => {
    assert.equal(addressOf('198.51.100.7', '1.2.3.4', none), '198.51.100.7');
    assert.equal(addressOf('::ffff:198.51.100.7', '1.2.3.4', some), '198.51.100.7');
  });

  it('is the nearest hop that is no proxy of ours', () => {
    assert.equal(addressOf('10.1.2.3', '1.2.3.4', some), '1.2.3.4');
    assert.equal(addressOf('::ffff:10.1.2.3', '6.6.6.6, 1.2.3.4, 192.0.2.1', some), '1.2.3.4');
    assert.equal(addressOf('fd12::1', '2001:db8::5', some), '2001:db8::5');
    assert.equal(addressOf('10.1.2.3', '10.9.9.9, 192.0.2.1', some), '10.9.9.9');
  });

  it('stops at the last hop it can read', () => {
    for (const forwarded of ['', ' , ', 'unknown', '1.2.3.4, unknown', '1.2.3.4:80', `1.2.3.4${',1.2.3.4'.repeat(500)}`])
      assert.equal(addressOf('10.1.2.3', forwarded, some), '10.1.2.3');
  });

  it('counts an IPv6 network as one client', () => {
    assert.equal(addressBucket('2001:db8:1:2:3:4:5:6'), addressBucket('2001:db8:1:2::9'));
    assert.notEqual(addressBucket('2001:db8:1:2::1'), addressBucket('2001:db8:1:3::1'));
    assert.equal(addressBucket('198.51.100.7'), '198.51.100.7');
  });

  it('refuses entries that are neither address nor range', () => {
    for (const entry of ['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '::1/129', '10.0.0.0/8/8'])
      assert.throws(() => new TrustedProxies([entry]), /TRUSTED_PROXIES: "/);
  });
});
