import { askAboutSecrets } from '../secret-detector/ask-about-secrets.js';
import { focusIn } from './pending-replies.js';
import type { ReplyBox } from './reply-box.js';
import type { SupportThread } from './support-thread.js';

/** Looks for what is secret in a reply that is about to be sent; true where the person is asked about it first. */
export async function isHeldBack(box: ReplyBox, text: string): Promise<boolean> {
  const { thread } = box;
  const say = (sentence: string) => {
    box.status = sentence;
    thread.requestUpdate();
    return thread.updateComplete;
  };
  // nothing is written into it from here on
  void say('');
  box.question = await askAboutSecrets({
    by: box,
    texts: { message: text },
    language: thread.language,
    vault: thread.openVault ?? vaultOf(thread),
    put({ message = '' }, sentence) {
      box.written = message;
      box.touch();
      void say(sentence).then(() => focusIn(thread, '#text'));
    },
    send: () => void box.send(),
  });
  if (!box.question) return false;
  box.sending = false;
  await say('');
  focusIn(thread, '[data-code=secret]');
  return true;
}

/** Opens the vault below the messages, as long as a request of this ticket takes records. */
function vaultOf({ renderRoot }: SupportThread): (() => void) | undefined {
  const vault = renderRoot.querySelector('support-vault');
  return vault?.taking && (() => void vault.enterAnew());
}
