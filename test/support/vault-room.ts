import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { signManifest, type Manifest } from '@storefront-support/vault/manifest';
import { makeSigner, type Signer } from '@storefront-support/vault/signer';
import { fingerprintOf, publicKeyBlob, publicKeyLine } from '@storefront-support/vault/ssh-keys';
import { makeTeamKey, nextManifest, wrapTeamKey, type TeamKey } from '@storefront-support/vault/team';
import { makeKeyPair } from '@storefront-support/vault/device-keys';
import { addAgent, codeOf, type TestAgent } from './agent-browser.ts';
import { FormPage } from './form-page.ts';
import { ShopRoom, type RoomOptions } from './shop-room.ts';

const DESK = 'demo';

/** A shop, the real server, and a team whose keys are published. */
export class VaultRoom {
  readonly room: ShopRoom;
  readonly signer: Signer;
  readonly root: string;
  readonly key: TeamKey;
  /** Opens the team's key where no device does. */
  readonly recovery: { identity: string; recipient: string };

  private constructor(parts: Pick<VaultRoom, 'room' | 'signer' | 'root' | 'key' | 'recovery'>) {
    this.room = parts.room;
    this.signer = parts.signer;
    this.root = parts.root;
    this.key = parts.key;
    this.recovery = parts.recovery;
  }

  static async open(options: RoomOptions = {}): Promise<VaultRoom> {
    const { signer } = await makeSigner('root');
    const root = await fingerprintOf(publicKeyBlob(signer.publicKey));
    const { identity, recipient } = await makeKeyPair();
    const recovery = { identity: identity.reveal(), recipient };
    const made = new VaultRoom({ room: await ShopRoom.open(options), signer, root, key: await makeTeamKey(1), recovery });
    await made.publish();
    return made;
  }

  /** Publishes a manifest. @param signed what is put in the place of its signature. */
  async publish(
    changes: Partial<Manifest> = {},
    { signer = this.signer, signed }: { signer?: Signer; signed?: string } = {},
  ): Promise<void> {
    const now = Date.now();
    const ssh = publicKeyLine(this.signer.publicKey, 'acme-support');
    const next = nextManifest({ team: 'Acme Support', desks: [DESK], lastSeq: 0, keys: [this.key], ssh, now });
    // what no signer would sign is signed as it is
    const whole = { ...next, ...changes };
    const { file, signature } = await signManifest(whole, signer);
    await this.put(file, signed ?? signature);
  }

  /** Puts these files where the server looks. */
  async put(file: Uint8Array, signature: string): Promise<void> {
    const folder = path.join(this.room.dataDir, 'vault');
    await mkdir(path.join(folder, DESK), { recursive: true });
    await writeFile(path.join(folder, DESK, 'manifest.json'), file);
    await writeFile(path.join(folder, DESK, 'manifest.json.sig'), signature);
    await writeFile(path.join(folder, 'roots.js'), `export const roots = ${JSON.stringify({ [DESK]: [this.root] })};\n`);
  }

  /** An admin; the team's key is wrapped to the recovery key alone. */
  async admin(page: Page): Promise<TestAgent> {
    const { server } = this.room;
    const agent = await addAgent(server, { name: 'Dana K', admin: true });
    await page.goto(server.agentVaultUrl);
    await page.getByLabel('E-mail address').fill(agent.email);
    await page.getByLabel('Password').fill(agent.password);
    await page.getByLabel('Code of your app').fill(codeOf(agent.secret));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('[data-make]').waitFor();
    const wrapped = Buffer.from(await wrapTeamKey(this.key, [{ name: 'safe', recipient: this.recovery.recipient }])).toString('base64');
    const put = await page.evaluate(
      async ([url, body]) =>
        (
          await fetch(url as string, {
            method: 'PUT',
            headers: { 'If-None-Match': '*', 'Content-Type': 'application/json' },
            body: body as string,
          })
        ).status,
      [`/v1/desks/${DESK}/agent/vault/identities/1`, JSON.stringify({ wrapped, devices: [] })],
    );
    if (put !== 200) throw new Error(`the team's key was answered with ${put}`);
    return agent;
  }

  /** A customer with a ticket that is shown to them. */
  async customer(attributes = '', options?: Parameters<ShopRoom['open']>[1]): Promise<{ page: Page; number: string }> {
    const { room } = this;
    const far = '<div style="height: 2000px"></div>';
    const pin = `vault-pin="${this.root}"`;
    const name = `/shop-${Math.random().toString(36).slice(2)}`;
    room.addPage(name, {
      body: room.script + room.tag() + far + room.tag({ name: 'support-tracker', attributes: `${pin} ${attributes}` }),
    });
    const page = await room.open(name, options);
    const form = new FormPage(page);
    await form.fill({ subject: 'The checkout fails' });
    await form.send();
    const number = await form.number();
    await page.locator('support-form').locator('[part=follow]').click();
    await page.locator('support-thread').locator('[part=message]').waitFor();
    return { page, number };
  }

  close(): Promise<void> {
    return this.room.close();
  }
}

/** The vault page inside the shop's. */
export function vaultFrame(page: Page): FrameLocator {
  return page.locator('support-vault').locator('iframe').contentFrame();
}
