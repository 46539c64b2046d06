import { enrol } from '@storefront-support/vault/team';
import type { RosterDevice } from './agent-api.js';
import { Device } from './device.js';
import { fromBase64, toBase64 } from './opening.js';
import type { VaultReveal } from './vault-reveal.js';

/** The key of this browser, and who else is let in to the keys of the desk that is chosen when something is pressed. */
export class Devices {
  readonly #page: VaultReveal;

  constructor(page: VaultReveal) {
    this.#page = page;
  }

  /** A key for this browser, made known to the desk. */
  make(name: string, by: 'browser' | 'passkey'): Promise<void> {
    return this.announce(async () => (this.#page.device ??= await Device.make(name, by)));
  }

  /** Has the key of this browser shown to those who let devices in. */
  async announce(made: () => Promise<Device | undefined> = () => Promise.resolve(this.#page.device)): Promise<void> {
    const page = this.#page;
    const { api, desk } = page;
    const done = await page.run(async () => {
      const device = await made();
      if (!device) return;
      await api.addDevice(desk, device.id, { name: device.name, recipient: device.recipient });
      await page.readDesk();
    });
    await page.updateComplete;
    if (done) page.goOn('[data-code-shown]');
  }

  /** Hands the team's wrapped key over, as the operator made it. */
  handOver(epoch: number, file: Blob): Promise<boolean> {
    const page = this.#page;
    const { api, desk } = page;
    return page.run(async () => {
      await api.addIdentity(desk, epoch, toBase64(new Uint8Array(await file.arrayBuffer())));
      page.say(page.text?.handedOver ?? '');
      await page.readDesk();
    });
  }

  /**
   * Lets a device in, under the key that the signed manifest names.
   *
   * @param recovery The key from the safe, where no device of this person has the team's key.
   */
  enrol(newcomer: RosterDevice, code: string, recovery = ''): Promise<boolean> {
    const page = this.#page;
    return page.run(async () => {
      const { api, desk, device } = page;
      const manifest = await page.manifest();
      for (const { epoch, recipient } of manifest.recipients) {
        const identity = await api.identity(desk, epoch);
        const own = recovery.trim() || (await device?.identity());
        const wrapped = await enrol({
          file: fromBase64(identity.wrapped),
          identities: own ? [own] : [],
          trusted: recipient,
          newcomer: { name: `${newcomer.agent.name}: ${newcomer.name}`, recipient: newcomer.recipient },
          code,
        });
        const devices = [...new Set([...identity.devices, newcomer.id])];
        await api.putIdentity(desk, { ...identity, wrapped: toBase64(wrapped), devices });
      }
      page.say(page.text?.enrolled ?? '');
      await page.readDesk();
    });
  }
}
