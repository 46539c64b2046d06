import type { VaultPass } from '@storefront-support/contract';
import {
  isVaultGreeting,
  readFrameMessage,
  VAULT_CHANNEL,
  VAULT_HELLO,
  VAULT_PORT,
  VAULT_THEME,
  type FrameMessage,
  type HostMessage,
  type VaultNeedsPage,
  type VaultTheme,
} from '@storefront-support/contract/vault-channel';

/** A frame that has loaded says hello at once; one that the page around refuses loads an empty page. Milliseconds. */
const HELLO_MS = 2_000;
const LOAD_MS = 15_000;

/** What is being entered, and where: in a frame of this page, or in a window of its own, and why there. */
export interface Lending {
  requestId: string;
  pass: VaultPass;
  place: 'frame' | 'page';
  why: VaultNeedsPage | 'load' | undefined;
  /** Made by hand: markup that is made safe loses frames. */
  frame: HTMLIFrameElement;
}

/** What a frame is begun with. */
export type FrameInit = Omit<Extract<HostMessage, { type: 'init' }>, 'type' | 'v'>;

/** The host's side of the channel to one vault page in a frame. */
export class VaultFrame {
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  readonly #init: () => FrameInit;
  readonly #heard: (message: FrameMessage) => void;
  readonly #failed: () => void;
  #port: MessagePort | undefined;
  #late: ReturnType<typeof setTimeout>;

  /** @param failed is called when the page does not come: the shop's policy, a network, or its own refusal. */
  constructor(frame: HTMLIFrameElement, url: string, init: () => FrameInit, heard: (message: FrameMessage) => void, failed: () => void) {
    this.#frame = frame;
    this.#origin = new URL(url).origin;
    this.#init = init;
    this.#heard = heard;
    this.#failed = failed;
    addEventListener('message', this.#greeted);
    document.addEventListener('securitypolicyviolation', this.#refused);
    frame.addEventListener('load', this.#loaded);
    this.#late = setTimeout(this.#fail, LOAD_MS);
    frame.src = url;
  }

  /** A pass in place of one that has run out. */
  renew(pass: string): void {
    this.#port?.postMessage({ type: 'pass', pass } satisfies HostMessage);
  }

  close(): void {
    clearTimeout(this.#late);
    removeEventListener('message', this.#greeted);
    document.removeEventListener('securitypolicyviolation', this.#refused);
    this.#frame.removeEventListener('load', this.#loaded);
    this.#port?.close();
    this.#port = undefined;
  }

  #greeted = ({ source, origin, data }: MessageEvent): void => {
    const target = this.#frame.contentWindow;
    if (this.#port || source !== target || !target || origin !== this.#origin || !isVaultGreeting(data, VAULT_HELLO)) return;
    clearTimeout(this.#late);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => {
      const message = readFrameMessage(event.data);
      if (message) this.#heard(message);
    };
    target.postMessage({ type: VAULT_PORT, v: VAULT_CHANNEL }, this.#origin, [port2]);
    port1.postMessage({ type: 'init', v: VAULT_CHANNEL, ...this.#init() } satisfies HostMessage);
  };

  #refused = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (/^(frame|child|default)-src/.test(effectiveDirective) && blockedURI.startsWith(this.#origin)) this.#fail();
  };

  #loaded = (): void => {
    clearTimeout(this.#late);
    if (!this.#port) this.#late = setTimeout(this.#fail, HELLO_MS);
  };

  #fail = (): void => {
    if (this.#port) return;
    this.close();
    this.#failed();
  };
}

/** The shop's colours and lengths, as they are computed inside an element. */
export function themeOf(base: HTMLElement): VaultTheme {
  const theme: VaultTheme = {};
  const probe = document.createElement('div');
  base.append(probe);
  for (const property of VAULT_THEME) {
    const name = property.replace('--support-', '').replace('color-', '').replace('font-', '');
    const colour = property.includes('color');
    probe.style.cssText = colour ? `color: var(--_${name})` : `display: block; inline-size: var(--_${name})`;
    const { color, inlineSize } = getComputedStyle(probe);
    theme[property] = colour ? color : inlineSize;
  }
  probe.remove();
  return theme;
}

/** Made by hand: markup that is made safe loses frames. @param title what it is called */
export function newFrame(title: string): HTMLIFrameElement {
  const frame = Object.assign(document.createElement('iframe'), { title, allow: 'clipboard-write', referrerPolicy: 'no-referrer' });
  frame.setAttribute('part', 'frame');
  return frame;
}
