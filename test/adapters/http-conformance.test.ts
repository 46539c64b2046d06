import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { conformanceCases, type ConformanceFault, type ConformanceHarness } from '@storefront-support/contract/conformance';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { ageBytes } from '../support/age-bytes.ts';
import { addAgent, signedIn } from '../support/agent-browser.ts';
import { httpRequest } from '../support/http-request.ts';
import { metaFor, newKey, newRecordId } from '../support/lent-access.ts';
import { defencesOff } from '../support/desks.ts';
import { startFaultProxy, type Rule } from '../support/fault-proxy.ts';
import { identityClaims, newSharedKey, signToken } from '../support/identity-tokens.ts';
import { linkTokenIn } from '../support/room-mails.ts';
import { startServer } from '../support/server-process.ts';
import { caughtMails } from '../support/stored-files.ts';
import { storedRows } from '../support/stored-rows.ts';

const hours = {
  timeZone: 'Europe/Paris',
  week: {
    mon: [['09:00', '18:00']],
    thu: [
      ['08:30', '12:00'],
      ['13:00', '24:00'],
    ],
  },
  holidays: ['2026-12-24'],
};
const contacts = [
  { id: 'service', name: 'Service' },
  {
    id: 'repairs',
    name: 'Repairs',
    hours: { ...hours, timeZone: 'America/Santiago' },
    promise: { firstResponseMinutes: 2_000, clock: 'business' },
  },
  { id: 'sales', name: 'Sales', promise: { firstResponseMinutes: 90, clock: 'calendar' } },
  { id: 'webmaster', name: 'Webmaster', keepsMessages: false },
];
const files = { count: 5, bytesPerFile: 2_000_000, bytesPerTicket: 6_000_000, types: ['image/png', 'text/plain', 'application/pdf'] };

const identity = newSharedKey();

/** Two desks that differ in one thing: whether a proof of work is asked for. */
function desks(proofOfWork: number) {
  return [
    {
      desk: { id: 'shop', name: 'Shop', contacts, limits: { files }, hours, promise: { firstResponseMinutes: 480, clock: 'business' } },
      notify: Object.fromEntries(contacts.map(({ id }) => [id, `${id}@shop.example`])),
      mail: { from: 'Shop <support@shop.example>' },
      identity: [identity],
      accessOffers: true,
      defences: { ...defencesOff, proofOfWork, ticketsWithoutProofPerAddressPerHour: proofOfWork ? 1 : 0 },
    },
  ];
}

const RULES: Record<ConformanceFault, Rule[]> = {
  'status-500': [{ match: 'POST /tickets', fault: { kind: 'status', status: 500, body: '<h1>Internal Server Error</h1>' } }],
  'drop-answer': [{ match: 'POST /tickets', fault: { kind: 'drop-answer' } }],
  stall: [{ match: 'POST /tickets', fault: { kind: 'stall' } }],
  'html-answer': [
    {
      match: 'POST /tickets',
      fault: { kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<title>Hotel</title>' },
    },
  ],
  'empty-answer': [{ match: 'POST /tickets', fault: { kind: 'status', status: 200 } }],
  'no-content': [{ match: 'POST /tickets', fault: { kind: 'status', status: 204 } }],
  'cut-upload': [{ match: 'PATCH /uploads', after: 1, fault: { kind: 'cut-body', afterBytes: 100_000 } }],
};

// cases that wait for an upload leave the other desk the time
describe('the http adapter', { concurrency: 2 }, () => {
  for (const [title, proofOfWork] of [
    ['without proof of work', 0],
    ['with proof of work', 20],
  ] as const) {
    // a proof costs the same on every database
    if (proofOfWork > 0 && process.env['DATABASE'] === 'postgres') continue;
    describe(`against the server, ${title}`, { concurrency: 1 }, async () => {
      const server = await startServer({ config: desks(proofOfWork), env: { MAIL_PER_SECOND: '1000' } });
      const proxy = await startFaultProxy(server.url);
      after(async () => {
        await proxy.close();
        await server.stop();
      });
      const published = path.join(server.dataDir, 'vault/shop');
      await mkdir(published, { recursive: true });
      await writeFile(path.join(published, 'manifest.json'), JSON.stringify({ recipients: [{ epoch: 1 }] }));
      const agent = await signedIn(server, await addAgent(server, { name: 'Ann', serve: ['shop/service'] }));
      const harness: ConformanceHarness = {
        askAccess: async (number, kinds, reason) => {
          const body = { kinds, reason, neededUntil: metaFor('').expiresAt };
          const where = `/v1/desks/shop/agent/tickets/${number}/access/requests`;
          const answer = await agent.ask(where, { method: 'POST', body, headers: newKey() });
          if (answer.status !== 201) throw new Error(answer.text);
        },
        sealRecord: async ({ token }, requestId) => {
          const id = newRecordId();
          const headers = {
            host: new URL(server.vaultUrl).host,
            authorization: `Bearer ${token}`,
            'content-type': 'application/octet-stream',
            'vault-meta': JSON.stringify(metaFor(requestId)),
          };
          const answer = await httpRequest(server.port, `/v1/desks/shop/vault/records/${id}`, { method: 'PUT', headers, body: ageBytes() });
          if (answer.status !== 201) throw new Error(answer.text);
          return id;
        },
        adapter: () => new HttpAdapter({ endpoint: proxy.session('all'), desk: 'shop' }),
        countTickets: async () => Number((await storedRows(server, 'select count(*) as n from ticket'))[0]?.['n']),
        mailedLink: async (email) => {
          // the mail leaves after the answer
          const waiting = "select count(*) as n from outbox where kind = 'sign-in' and state = 'waiting'";
          while (Number((await storedRows(server, waiting))[0]?.['n']) > 0) await setTimeout(50);
          const mail = (await caughtMails(server.url)).find(({ kind, envelope }) => kind === 'sign-in' && envelope.to === email);
          return mail && linkTokenIn(mail.text);
        },
        identityToken: (requester) => signToken({ alg: 'HS256', kid: identity.kid }, identityClaims('shop', requester), identity.secret),
        faults: Object.keys(RULES) as ConformanceFault[],
        fail: (fault) => proxy.setRules('all', RULES[fault]),
        lift: () => proxy.setRules('all', []),
      };
      for (const { name, run } of await conformanceCases(harness)) it(name, run);
    });
  }
});
