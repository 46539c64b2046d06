import { html, nothing } from 'lit';
import type { Locale } from '../base/localize.js';
import { on } from '../base/on.js';
import type { SecretsText } from '../locales/en.js';
import { secretsTexts } from '../locales/index.js';
import { findSecrets, type Secret, type SecretKind } from './find-secrets.js';

/** Most that are listed; the others are asked about all the same. */
const MOST_SHOWN = 4;
/** Of a shorter one nothing is shown. */
const SHORTEST_SHOWN = 8;

/** What is about to be sent, and the ways on. */
export interface Sending {
  /** What is written, by the name of its field. */
  readonly texts: { readonly [field: string]: string };
  readonly language: Locale;
  /** What sends it: for each, the same is asked about once. */
  readonly by: object;
  /** Takes the texts without what was noticed, and a sentence to say; nothing is sent by it. */
  put(texts: { [field: string]: string }, sentence: string): void;
  /** Sends what is written. */
  send(): void;
  /** Opens the vault for what was taken out; absent unless access was asked for on this ticket. */
  readonly vault?: ((secrets: readonly string[]) => void) | undefined;
}

/** What people want to send as it is. */
const MEANT = new WeakMap<object, Set<string>>();

interface Noticed {
  kind: SecretKind;
  value: string;
}

/** The question to show before something is sent; undefined where nothing was noticed that has not been asked about. */
export async function questionAbout(sending: Sending): Promise<(() => unknown) | undefined> {
  const { texts, by, language } = sending;
  const meant = MEANT.get(by);
  const noticed: Noticed[] = [];
  for (const text of Object.values(texts)) {
    for (const { start, end, kind } of findSecrets(text)) {
      const value = text.slice(start, end);
      if (!meant?.has(value) && !noticed.some((other) => other.value === value)) noticed.push({ kind, value });
    }
  }
  if (!noticed.length) return undefined;
  const text = await secretsTexts(language.file);
  return () => renderQuestion(sending, noticed, text);
}

/** Enough to know it again: its ends, or nothing of a short one. */
export function excerptOf(value: string): string {
  const chars = [...value.replace(/\s+/g, ' ')];
  return chars.length < SHORTEST_SHOWN ? '•••' : `${chars[0]}…${chars.at(-1)}`;
}

function renderQuestion(sending: Sending, noticed: Noticed[], text: SecretsText): unknown {
  const { vault, by } = sending;
  const take = () => {
    const texts = Object.fromEntries(
      Object.entries(sending.texts).map(([field, written]) => [field, without(written, noticed, text.marker)]),
    );
    sending.put(texts, text.removed);
  };
  const move = () => {
    take();
    vault?.(noticed.map(({ value }) => value));
  };
  const keep = () => {
    MEANT.set(by, new Set([...(MEANT.get(by) ?? []), ...noticed.map(({ value }) => value)]));
    sending.send();
  };
  return html`<div part="error" class="calm notice" role="alert" aria-labelledby="problem" tabindex="-1" data-code="secret">
    <h3 id="problem">${text.title}</h3>
    <ul>
      ${noticed.slice(0, MOST_SHOWN).map(({ kind, value }) => html`<li>${text.kinds[kind]} <bdi>${text.quoted(excerptOf(value))}</bdi></li>`)}
      ${noticed.length > MOST_SHOWN ? html`<li>…</li>` : nothing}
    </ul>
    <p>${text.why}</p>
    <div class="choices actions">
      <button part="remove-secret" type="button" @click=${on(take)}>${text.remove(noticed.length)}</button>
      ${vault ? html`<button part="move-secret" type="button" @click=${on(move)}>${text.move}</button>` : nothing}
      <button part="keep-secret" type="button" @click=${on(keep)}>${text.keep}</button>
    </div>
  </div>`;
}

/** A text with a marker in every place of what was noticed. */
function without(text: string, noticed: Noticed[], marker: string): string {
  const wanted = (secret: Secret) => noticed.some(({ value }) => value === text.slice(secret.start, secret.end));
  let rest = text;
  // from behind, so that what is in front keeps its place
  for (const secret of findSecrets(text).filter(wanted).reverse()) rest = rest.slice(0, secret.start) + marker + rest.slice(secret.end);
  // once more written elsewhere, where it was not noticed
  for (const { value } of noticed) if (value.length >= SHORTEST_SHOWN) rest = rest.split(value).join(marker);
  return rest;
}
