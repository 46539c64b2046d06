import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { checkDraft } from '@storefront-support/vault/draft';
import { signManifest } from '@storefront-support/vault/manifest';
import { openAccess } from '@storefront-support/vault/open';
import { sealAccess } from '@storefront-support/vault/seal';
import { nextManifest, wrapTeamKey } from '@storefront-support/vault/team';
import { drafts } from '../support/access-drafts.ts';
import { ageCli } from '../support/age-cli.ts';
import { launchChromium, listenForNoise, openPage } from '../support/chromium.ts';
import { AUTHENTICATOR } from '../support/passkeys.ts';
import { serveVault } from '../support/vault-browser.ts';
import { bind, DESK, makeTeam, NOW } from '../support/vault-team.ts';

describe('the vault in a browser, under a strict policy', () => {
  let site: Awaited<ReturnType<typeof serveVault>>;
  let browser: Browser;
  let page: Page;
  let noise: string[];
  const load = async () => {
    await page.goto(site.url);
    await page.waitForFunction(() => 'vault' in globalThis);
  };

  before(async () => {
    [site, browser] = await Promise.all([serveVault(), launchChromium()]);
    page = await openPage(browser);
    noise = listenForNoise(page);
    await load();
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  for (const algorithm of ['x25519', 'mlkem768x25519'] as const) {
    it(`seals what opens elsewhere, ${algorithm}, and lets the page work meanwhile`, async () => {
      const team = await makeTeam(algorithm);
      const { file, signature } = await signManifest(
        nextManifest({ team: 'T', desks: [DESK], lastSeq: 0, keys: [team.key], now: NOW }),
        team.signer,
      );
      const draft = drafts.ssh;
      const given = { file: [...file], signature, checks: team.checks, draft, bind };
      const { body, tasks } = await page.evaluate(async ({ file, signature, checks, draft, bind }) => {
        const { verifyManifest, checkDraft, sealAccess, describeFile, isBrowserReady } = globalThis.vault;
        if (!(await isBrowserReady())) throw new Error('not ready');
        const manifest = await verifyManifest(new Uint8Array(file), signature, checks);
        const { body } = await sealAccess(bind, checkDraft(draft), manifest);
        let tasks = 0;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (tasks++, port2.postMessage(0));
        port2.postMessage(0);
        const lent = new Uint8Array(5_000_000);
        await sealAccess(bind, checkDraft(await describeFile(lent, 'a.key', '')), manifest, lent);
        port1.close();
        return { body: [...body], tasks };
      }, given);
      const opened = await openAccess(Uint8Array.from(body), [team.key.identity], { ...bind, epoch: 1 });
      assert.deepEqual(opened.data.reveal(), checkDraft(draft));
      assert.ok(tasks >= 10, `${tasks} tasks while 5 MB were sealed`);
      if (algorithm === 'x25519') assert.match(String(ageCli().decrypt(Uint8Array.from(body), team.key.identity.reveal())), /ssh-secret-1/);
    });
  }

  it('keeps a key that no script can read out, and opens the team’s with it after a reload', async () => {
    const recipient = await page.evaluate(async () => {
      const key = await globalThis.vault.makeBrowserKey();
      await globalThis.keep(key);
      return key.recipient;
    });
    const team = await makeTeam();
    const { body } = await sealAccess(bind, checkDraft(drafts.ssh), team.manifest);
    const wrapped = await wrapTeamKey(team.key, [{ name: 'Dana', recipient }]);
    await load();
    const given = { body: [...body], wrapped: [...wrapped], expected: { ...bind, epoch: 1 } };
    const told = await page.evaluate(async ({ body, wrapped, expected }) => {
      const { openTeamKey, openAccess, enrolmentCode } = globalThis.vault;
      const { identity, recipient } = (await globalThis.keep()) as { identity: CryptoKey; recipient: string };
      const refused = await crypto.subtle.exportKey('pkcs8', identity).catch((error: Error) => error.name);
      const team = await openTeamKey(new Uint8Array(wrapped), [identity]);
      const opened = await openAccess(new Uint8Array(body), [team.identity], expected);
      const cut = await openAccess(new Uint8Array(body.slice(0, -1)), [team.identity], expected).catch(
        (error: { code: string }) => error.code,
      );
      return {
        refused,
        cut,
        code: await enrolmentCode(recipient),
        password: opened.rows.find(({ name }) => name === 'password')?.value.reveal(),
      };
    }, given);
    assert.deepEqual([told.refused, told.cut, told.password], ['InvalidAccessError', 'tampered', 'ssh-secret-1']);
    const { enrolmentCode } = await import('@storefront-support/vault/device-keys');
    assert.equal(told.code, await enrolmentCode(recipient));
  });

  describe('with a passkey', () => {
    let session: CDPSession;
    let authenticatorId: string;

    before(async () => {
      session = await page.context().newCDPSession(page);
      await session.send('WebAuthn.enable');
      ({ authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR }));
    });

    it('opens the key that it wraps, which others wrap to without it', async () => {
      const { passkey, wrapped, recipient } = await page.evaluate(async () => {
        const { makePasskey, makePasskeyKey } = globalThis.vault;
        const passkey = await makePasskey('Support desk');
        const { wrapped, recipient } = await makePasskeyKey({ passkey });
        return { passkey, recipient, wrapped: [...wrapped] };
      });
      assert.match(passkey, /^AGE-PLUGIN-FIDO2PRF-1/);
      const team = await makeTeam();
      const file = await wrapTeamKey(team.key, [{ name: 'Dana', recipient }]);
      await load();
      const opened = await page.evaluate(
        async ({ passkey, wrapped, file }) => {
          const { openPasskeyKey, openTeamKey } = globalThis.vault;
          const named = await openPasskeyKey(new Uint8Array(wrapped), { passkey });
          const chosen = await openPasskeyKey(new Uint8Array(wrapped), {});
          const team = await openTeamKey(new Uint8Array(file), [named.identity]);
          return [named.recipient, chosen.recipient, team.recipient];
        },
        { passkey, wrapped, file: [...file] },
      );
      assert.deepEqual(opened, [recipient, recipient, team.key.recipient]);
    });

    it('says whether it is another one, nobody touched it, or it cannot encrypt', async () => {
      const { wrapped, codes } = await page.evaluate(async () => {
        const { makePasskey, makePasskeyKey, openPasskeyKey } = globalThis.vault;
        const [first, second] = [await makePasskey('first'), await makePasskey('second')];
        const { wrapped } = await makePasskeyKey({ passkey: first });
        const attempt = (file: Uint8Array, passkey: string) =>
          openPasskeyKey(file, { passkey }).then(
            () => 'opened',
            (error: { code: string }) => error.code,
          );
        const cut = wrapped.subarray(0, -1);
        return { wrapped: [...wrapped], codes: [await attempt(wrapped, first), await attempt(wrapped, second), await attempt(cut, first)] };
      });
      assert.deepEqual(codes, ['opened', 'wrong-key', 'tampered']);
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      const refused = await page.evaluate(
        (wrapped) => globalThis.vault.openPasskeyKey(new Uint8Array(wrapped), {}).catch((error: { code: string }) => error.code),
        wrapped,
      );
      assert.equal(refused, 'passkey-refused');
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...AUTHENTICATOR, hasPrf: false } });
      const unable = await page.evaluate(() => globalThis.vault.makePasskey('third').catch((error: { code: string }) => error.code));
      assert.equal(unable, 'passkey-unsupported');
    });
  });

  it('prints nothing and breaks no policy', () => {
    assert.deepEqual(noise, []);
  });
});
