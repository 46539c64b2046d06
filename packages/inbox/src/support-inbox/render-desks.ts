import { textIn } from '@storefront-support/contract';
import { html, nothing } from 'lit';
import type { Room } from '../base/room.js';

/** The desk that is open; a choice where the agent serves several. @param desk its id */
export function renderDesks({ text, tag, me }: Room, desk: string): unknown {
  if (me.desks.length < 2) return me.desks[0] ? html`<span>${textIn(me.desks[0].name, tag)}</span>` : nothing;
  return html`<span class="desk">
    <label for="desk" class="quiet">${text.desk}</label>
    <select id="desk" @change=${(event: Event) => (location.hash = `#/${encodeURIComponent((event.target as HTMLSelectElement).value)}`)}>
      ${me.desks.map(({ id, name }) => html`<option value=${id} ?selected=${id === desk}>${textIn(name, tag)}</option>`)}
    </select>
  </span>`;
}
