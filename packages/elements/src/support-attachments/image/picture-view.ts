import { html, nothing } from 'lit';
import { bytesIn } from '../../base/format.js';
import { on } from '../../base/on.js';
import type { ImagesText } from '../../locales/en.js';
import type { UploadItem } from '../upload-item.js';
import type { UploadQueue } from '../upload-queue.js';
import { anythingIn } from './look.js';
import type { Wish } from './picture.js';

/** What stands before the name of a picture. */
export function renderPreview({ picture, name }: UploadItem): unknown {
  if (!picture) return nothing;
  return html`<div class="preview" aria-hidden="true">${picture.preview ?? /\w{0,4}$/.exec(name)?.[0].toUpperCase()}</div>`;
}

/** What has become of a picture, and what else can be done with it; what a missing file wants. */
export function renderMore(queue: UploadQueue, item: UploadItem): unknown {
  const { told: text, element } = queue;
  const { picture, state, name } = item;
  if (!text) return nothing;
  const said = sentenceOf(text, queue, item);
  const choices: unknown[] = [];
  const button = (part: string, label: string, press: () => void) =>
    html`<button part=${part} type="button" ?disabled=${element.readonly} @click=${on(press)}>
      ${label}<span class="quiet">: ${name}</span>
    </button>`;
  const toggle = (wish: Wish, label: string) =>
    html`<label>
      <input
        type="checkbox"
        name=${wish}
        .checked=${picture?.wish === wish}
        ?disabled=${element.readonly}
        @change=${on(({ target }) => wishFor(queue, item, (target as HTMLInputElement).checked ? wish : 'clean'))}
      />
      <span>${label}<span class="quiet">: ${name}</span></span>
    </label>`;
  if (state === 'missing') choices.push(button('choose', text.choose, () => element.choose()));
  else if (state === 'asking') choices.push(button('as-is', text.sendAsIs, () => sendAsIs(queue, item)));
  else if (picture && !picture.settled) {
    const { wish, smallest, large, cleaned } = picture;
    if (large && !smallest)
      choices.push(
        button('smaller', wish === 'small' ? text.fullSize : text.makeSmaller, () =>
          wishFor(queue, item, wish === 'small' ? 'clean' : 'small'),
        ),
      );
    if (cleaned?.film) choices.push(toggle('moving', text.keepMoving));
    if ((cleaned && anythingIn(cleaned.found)) || picture.converted) choices.push(toggle('original', text.sendOriginal));
  }
  if (!said && !choices.length) return nothing;
  return html`<div class="more">
    ${said ? html`<span class="why">${said}</span>` : nothing} ${choices.length ? html`<div class="choices">${choices}</div>` : nothing}
  </div>`;
}

/** One or two sentences on what was done, or could not be done. */
export function sentenceOf(text: ImagesText, { element }: UploadQueue, { state, why, unkept, picture, size }: UploadItem): string {
  if (state === 'missing') return why || text.notKept;
  const said: string[] = [];
  if (picture && state !== 'refused') {
    const { wish, problem, cleaned, converted, smallest, original } = picture;
    const found = cleaned?.found;
    const inLanguage = (bytes: number) => bytesIn(element.language.tag, bytes);
    if (wish === 'original') said.push(text.original);
    else if (problem) said.push(text[problem]);
    else if (!picture.settled) {
      if (converted) said.push(text.converted);
      if (found?.location) said.push(text.noLocation);
      else if (found?.camera) said.push(text.noCamera);
      else if (found?.other) said.push(text.noHidden);
      if (found?.moving) said.push(wish === 'moving' ? text.moving : text.noMoving);
    }
    if (picture.shrunk) said.push(text.smaller(inLanguage(original.size), inLanguage(size)));
    if (smallest) said.push(text.smallest);
  }
  if (unkept && /^(queued|uploading|failed)$/.test(state)) said.push(text.unkept);
  return said.join(' ');
}

function wishFor(queue: UploadQueue, item: UploadItem, wish: Wish): void {
  if (item.picture) Object.assign(item.picture, { wish, shrunk: false });
  queue.renew(item);
}

/** The button that was pressed disappears. */
function sendAsIs(queue: UploadQueue, item: UploadItem): void {
  const remove = queue.element.renderRoot.querySelectorAll<HTMLElement>('[part=remove]')[queue.items.indexOf(item)];
  wishFor(queue, item, 'original');
  remove?.focus();
}
