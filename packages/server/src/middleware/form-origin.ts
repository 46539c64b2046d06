import type { Context } from 'hono';
import type { DeskConfig } from '../desk-config.js';
import type { AppEnv, Ports } from '../ports.js';
import { OriginList } from './cors.js';
import type { OwnOrigins } from './origins.js';

/**
 * Where a posted form comes from. `known`: a page that may use the desk, or nothing that is a browser's page. `hidden`: a page that
 * does not say. `foreign`: one that may not, or a script.
 */
export type FormOrigin = 'known' | 'hidden' | 'foreign';

/**
 * Tells where forms come from, by the list that the other routes follow. Nothing here opens anything by itself, a browser adds no right
 * to it, and whoever is no browser may claim anything: the list keeps other sites from sending their visitors' messages here.
 *
 * A page with `Referrer-Policy: no-referrer`, and one in a sandbox, posts with `Origin: null`. It may be a shop's as well as anybody's:
 * it is neither believed nor turned away, but shown the form to be sent from here. A page of our own posts with our origin, or where the
 * browser withholds it, with a `Sec-Fetch-Site` that no page can write.
 */
export class FormOrigins {
  readonly #lists: ReadonlyMap<string, OriginList>;
  readonly #own: OwnOrigins;

  constructor(desks: Ports['desks'], own: OwnOrigins) {
    this.#lists = new Map([...desks].map(([id, { allowedOrigins }]) => [id, new OriginList(allowedOrigins)]));
    this.#own = own;
  }

  of(c: Context<AppEnv>, { desk }: DeskConfig): FormOrigin {
    // a page that is gone to, and no script that asks behind a page's back
    if (!['navigate', undefined].includes(c.req.header('Sec-Fetch-Mode'))) return 'foreign';
    const origin = c.req.header('Origin');
    if (origin === undefined || this.#own.isOwn(origin, 'public') || this.#lists.get(desk.id)?.has(origin)) return 'known';
    if (origin !== 'null') return 'foreign';
    return c.req.header('Sec-Fetch-Site') === 'same-origin' ? 'known' : 'hidden';
  }
}
