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
import { caughtMails, type CaughtMail } from './stored-files.ts';

const DESK = 'demo';
const MAIL_LIMIT_MS = 20_000;

/** A shop, the real server, and a team whose keys are published. */
export class VaultRoom {
  readonly room: ShopRoom;
  readonly signer: Signer;
  readonly root: string;
  readonly key: TeamKey;
  /** Opens the team's key where no device does. */
  readonly recovery: { identity: string; recipient: string };

  #visits = 0;

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
    const agent = await addAgent(this.room.server, { name: 'Dana K', admin: true });
    await this.signIn(page, agent);
    const wrapped = (await this.wrappedKey()).toString('base64');
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
    // the page has read that there was none
    await page.reload();
    await page.locator('[data-make]').waitFor();
    return agent;
  }

  /** Signs somebody in at the agents' vault page, by password and code. */
  async signIn(page: Page, { email, password, secret }: TestAgent): Promise<void> {
    await page.goto(this.room.server.agentVaultUrl);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByLabel('Code of your app').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('[data-make]').waitFor();
  }

  /** Makes a key for this browser, and lets it in by the recovery key. */
  async enrol(page: Page): Promise<void> {
    await page.getByLabel('Name of this device').fill('Laptop');
    await page.locator('[data-make]').click();
    const code = await page.locator('[data-code-shown]').innerText();
    await page.getByLabel('Code that they read out to you').fill(code);
    await page.getByText('No device of yours has the key?').click();
    await page.getByLabel('Recovery key').fill(this.recovery.identity);
    await page.getByRole('button', { name: 'Let in' }).click();
    await page.locator('[data-newcomer]').waitFor({ state: 'detached' });
  }

  /** The file that an operator hands to the server: `keys/team-1.age`. */
  async wrappedKey(): Promise<Buffer> {
    return Buffer.from(await wrapTeamKey(this.key, [{ name: 'safe', recipient: this.recovery.recipient }]));
  }

  /** Writes what an operator keeps apart from the server, as far as records are opened with it. */
  async writeTeamFolder(folder: string): Promise<void> {
    await mkdir(path.join(folder, 'keys'), { recursive: true });
    await writeFile(path.join(folder, 'recovery.txt'), `${this.recovery.identity}\n`);
    await writeFile(path.join(folder, 'keys/team-1.age'), await this.wrappedKey());
  }

  /** Asks for access at the agents' vault page. @param kinds values of the boxes */
  async ask(page: Page, number: string, kinds: readonly string[], reason = 'look'): Promise<void> {
    await page.getByLabel('Number of the ticket').fill(number);
    for (const box of await page.locator('[name=kind]').all())
      await box.setChecked(kinds.includes((await box.getAttribute('value')) ?? ''));
    await page.getByLabel('What for?').fill(reason);
    await page.locator('[data-ask]').click();
  }

  /** The first mail of a kind that names a ticket, once it has left. */
  async mail(kind: string, number: string): Promise<CaughtMail> {
    for (const end = performance.now() + MAIL_LIMIT_MS; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const mails = await caughtMails(this.room.server.url);
      const found = mails.find((mail) => mail.kind === kind && mail.subject.includes(number));
      if (found) return found;
    }
    throw new Error(`no mail ${kind} about ${number}`);
  }

  /** A customer with a ticket that is shown to them. `head` is that of the shop's page, before anything of ours. */
  async customer(
    attributes = '',
    { head = '', ...options }: Parameters<ShopRoom['open']>[1] & { head?: string } = {},
    message?: string,
  ): Promise<{ page: Page; number: string }> {
    const { room } = this;
    const far = '<div style="height: 2000px"></div>';
    const pin = `vault-pin="${this.root}"`;
    const name = `/shop-${Math.random().toString(36).slice(2)}`;
    room.addPage(name, {
      head,
      body: room.script + room.tag() + far + room.tag({ name: 'support-tracker', attributes: `${pin} ${attributes}` }),
    });
    // with a profile a page takes none
    const page = await room.open(name, Object.keys(options).length ? options : undefined);
    const form = new FormPage(page);
    await form.fill({ subject: 'The checkout fails', ...(message !== undefined && { message }) });
    await form.send();
    const number = await form.number();
    await page.locator('support-form').locator('[part=follow]').click();
    await page.locator('support-thread').locator('[part=message]').waitFor();
    return { page, number };
  }

  /** The customer's page is opened anew, by the link of a mail. */
  async comeBack({ page, number }: { page: Page; number: string }): Promise<void> {
    await page.goto(new URL(`?again=${++this.#visits}#support-ticket=${number}`, page.url()).href);
    await page.locator('support-thread').locator('[part=message]').waitFor();
  }

  close(): Promise<void> {
    return this.room.close();
  }
}

/** The vault page inside the shop's. */
export function vaultFrame(page: Page): FrameLocator {
  return page.locator('support-vault').locator('iframe').contentFrame();
}
