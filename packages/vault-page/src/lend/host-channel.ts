import {
  isVaultGreeting,
  readHostMessage,
  VAULT_CHANNEL,
  VAULT_HELLO,
  VAULT_PORT,
  type FrameMessage,
  type HostMessage,
} from '@storefront-support/contract/vault-channel';

/** The port to the page around, and where that page is from. */
export interface HostChannel {
  origin: string;
  /** What the page around has begun with. */
  init: Extract<HostMessage, { type: 'init' }>;
  say(message: FrameMessage): void;
  /** Called with a pass in place of one that has run out. */
  onPass: (pass: string) => void;
}

/** Greets the page around, and resolves once it has answered with a port and with what to begin with. */
export function openHostChannel(): Promise<HostChannel> {
  return new Promise((resolve) => {
    const greeted = ({ source, origin, data, ports: [port, ...more] }: MessageEvent): void => {
      if (source !== parent || !port || more.length || !isVaultGreeting(data, VAULT_PORT)) return;
      removeEventListener('message', greeted);
      let channel: HostChannel | undefined;
      port.onmessage = (event) => {
        const message = readHostMessage(event.data);
        if (message?.type === 'pass') channel?.onPass(message.pass);
        else if (message && !channel) {
          channel = { origin, init: message, say: (said) => port.postMessage(said), onPass: () => undefined };
          resolve(channel);
        }
      };
      port.postMessage({ type: 'ready', v: VAULT_CHANNEL, build: buildHash() } satisfies FrameMessage);
    };
    addEventListener('message', greeted);
    // whoever is around may know that this page is here; it learns nothing else before it has shown where it is from
    parent.postMessage({ type: VAULT_HELLO, v: VAULT_CHANNEL }, '*');
  });
}

/** SHA-256 of this page's script, as its document names it and the browser has checked it; hex. */
function buildHash(): string {
  const [, base64 = ''] = /^sha256-(.+)$/.exec(document.querySelector('script[integrity]')?.getAttribute('integrity') ?? '') ?? [];
  const hex = Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return hex || '0'.repeat(64);
}
