import { provide } from '@lit/context';
import type { SupportAdapter } from '@storefront-support/contract';
import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { adapterContext } from '../base/adapter-context.js';

/**
 * Hands one adapter to every element of the counter inside it, however deep.
 *
 * @summary Gives the elements inside it their backend.
 * @slot - The elements that use the adapter, among anything else.
 */
export class SupportProvider extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** The backend. May be set late or replaced: the elements inside follow. */
  @provide({ context: adapterContext })
  @property({ attribute: false })
  adapter: SupportAdapter | undefined;

  protected override render(): unknown {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-provider': SupportProvider;
  }
}
