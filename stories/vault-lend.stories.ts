import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { SupportError, type AccessKind, type AccessRecord, type VaultRequest } from '@storefront-support/contract';
import type { Language } from '@storefront-support/elements/locales';
import { makeSigner } from '@storefront-support/vault/signer';
import { signManifest } from '@storefront-support/vault/manifest';
import { fingerprintOf, publicKeyBlob, publicKeyLine } from '@storefront-support/vault/ssh-keys';
import { makeTeamKey, nextManifest } from '@storefront-support/vault/team';
import type { LendServer, VaultLend } from '@storefront-support/vault-page/lend';
import '@storefront-support/vault-page/lend';
import { html } from 'lit';
import { press, rootOf, shown } from './reaching.js';

/*
 * What stands alone on an origin of its own, under a policy of its own, is drawn here within another page, and its server is this file:
 * keys are made and signed for each story, and what is sealed goes nowhere. Nothing real belongs into these fields.
 */

interface Args {
  file: Language;
  theme: string;
  dir: string;
}

interface Loaded {
  server: LendServer;
  root: string;
}

const PASS = 'p'.repeat(43);
const HOUR_MS = 3_600_000;

const meta: Meta<Args> = {
  title: 'vault-lend',
  component: 'vault-lend',
  args: { file: 'en', theme: '', dir: '' },
  argTypes: { file: { control: 'inline-radio', options: ['en', 'fr', 'es', 'it', 'de', 'pt', 'pl', 'nl', 'cs', 'ar', 'he'] } },
};
export default meta;

type Story = StoryObj<Args>;

const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

function requestFor(kinds: AccessKind[], records: AccessRecord[]): VaultRequest {
  const agent = { id: 'dana', name: 'Dana K.' };
  return {
    request: {
      id: 'request-of-a-story',
      state: records.length ? 'answered' : 'asked',
      kinds,
      reason: 'reproduce the checkout error',
      by: { kind: 'agent', name: agent.name },
      agent,
      createdAt: later(-HOUR_MS),
      answerUntil: later(48 * HOUR_MS),
      neededUntil: later(72 * HOUR_MS),
      endedAt: null,
    },
    records,
    ticket: { number: 'K7QF-2M9X', subject: 'The checkout fails' },
    desk: { id: 'demo', name: 'Lantern & Loom' },
    origin: location.origin,
    now: new Date().toISOString(),
  };
}

/** A team whose keys are signed, and a desk that asks. */
async function open(kinds: AccessKind[]): Promise<Loaded> {
  const { signer } = await makeSigner('story');
  const ssh = publicKeyLine(signer.publicKey, 'lantern-support');
  const keys = [await makeTeamKey(1)];
  const manifest = nextManifest({ team: 'Lantern & Loom', desks: ['demo'], lastSeq: Date.now(), keys, ssh, now: Date.now() });
  const published = await signManifest(manifest, signer);
  const records: AccessRecord[] = [];
  const server: LendServer = {
    manifest: () => Promise.resolve(published),
    request: () => Promise.resolve(requestFor(kinds, records)),
    async send(_, { id, meta: { kind, epoch, createdAt, expiresAt, maxReveals, requestId }, body }) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
      const record: AccessRecord = {
        ...{ id, requestId, kind, epoch, createdAt, expiresAt, maxReveals, bytes: body.length, revision: 1 },
        ...{ state: 'active', reveals: 0, failures: 0, closesAt: null, lease: null, endedAt: null, supersededBy: null, afterCare: [] },
        receipt: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      };
      records.unshift(record);
      return record;
    },
    revoke: (_, id) => {
      const record = records.find((one) => one.id === id);
      return record
        ? Promise.resolve(Object.assign(record, { state: 'revoked', endedAt: new Date().toISOString() }))
        : Promise.reject(new SupportError('not-found', 'There is no such record.'));
    },
    decline: () => Promise.resolve(),
  };
  return { server, root: await fingerprintOf(publicKeyBlob(signer.publicKey)) };
}

const story = (
  kinds: AccessKind[],
  then: (root: ShadowRoot) => unknown = () => undefined,
  { change = (loaded) => loaded }: { change?: (loaded: Loaded) => Loaded } = {},
): Story => ({
  loaders: [async () => change(await open(kinds))],
  render: ({ file, theme, dir }, { loaded }) => {
    const { server, root } = loaded as Loaded;
    return html`<vault-lend
      .server=${server}
      .desk=${'demo'}
      .roots=${[root]}
      .pass=${PASS}
      .locale=${{ file, tag: file }}
      theme=${theme}
      dir=${dir}
    ></vault-lend>`;
  },
  play: async ({ canvasElement }) => {
    const root = await rootOf(canvasElement, 'vault-lend');
    await shown(() => root.querySelector('main') && (root.host as VaultLend).phase !== 'checking');
    await then(root);
  },
});

const input = (root: ShadowRoot, id: string): Promise<HTMLInputElement> => shown(() => root.querySelector<HTMLInputElement>(`#${id}`));

export const ChooseWhat = story(['admin-panel', 'sftp', 'database']);
export const AdminPanel = story(['admin-panel']);
export const KeyLineFirst = story(['ssh'], (root) => shown(() => root.querySelector('#f-vendorKey')));
export const Ftp = story(['ftp']);
export const Database = story(['database']);
export const ApiKey = story(['api-key']);
export const File = story(['file']);
export const SomethingElse = story(['other'], (root) => press(root, '[data-add-row]'));
export const MadePassword = story(['admin-panel'], (root) => press(root, '[data-generate]'));
export const LooksWrong = story(['admin-panel'], async (root) => {
  await press(root, '[data-send]');
  await shown(() => root.querySelector('[data-summary]'));
});
export const Sent = story(['other'], async (root) => {
  (await input(root, 'n-0')).value = 'Shipping';
  (await input(root, 'v-0')).value = 'only-a-story';
  await press(root, '[data-send]');
  await shown(() => root.querySelector('[data-sent]'));
});
export const NotSent = story(
  ['other'],
  async (root) => {
    (await input(root, 'n-0')).value = 'Shipping';
    (await input(root, 'v-0')).value = 'only-a-story';
    await press(root, '[data-send]');
    await shown(() => root.querySelector('[data-code=network]'));
  },
  {
    change: (loaded) => ({
      ...loaded,
      server: { ...loaded.server, send: () => Promise.reject(new SupportError('network', 'No answer.')) },
    }),
  },
);
export const Deleted = story(['other'], async (root) => {
  (await input(root, 'n-0')).value = 'Shipping';
  (await input(root, 'v-0')).value = 'only-a-story';
  await press(root, '[data-send]');
  await press(root, '[data-revoke]');
  await shown(() => root.querySelector('[data-sent]') && !root.querySelector('[data-revoke]'));
});
export const SomethingLiesOverIt = story(['other'], async (root) => {
  const page = root.host as VaultLend;
  page.around = location.origin;
  page.veiled = true;
  await shown(() => root.querySelector('[data-veil=true]'));
});
export const UnknownKey = story(['other'], (root) => shown(() => root.querySelector('[data-code=signer-unknown]')), {
  change: (loaded) => ({ ...loaded, root: `SHA256:${'A'.repeat(43)}` }),
});
export const OpenForTooLong = story(['other'], (root) => shown(() => root.querySelector('[data-code=gone]')), {
  change: (loaded) => ({
    ...loaded,
    server: { ...loaded.server, request: () => Promise.reject(new SupportError('gone', 'The pass is over.')) },
  }),
});
