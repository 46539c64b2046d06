import { exchange, textOf, type Refusal } from './exchange.js';
import { own } from './own.js';
import type { ShopPage } from './shop-page.js';

/** Of `postHere`. */
export interface PostHere {
  url: string;
  headers: { [name: string]: string };
  body: BodyInit;
  signal: AbortSignal | undefined;
  /** Milliseconds; 60 000 otherwise: the shop answers when its mail is sent. */
  timeout: number | undefined;
}

/**
 * Posts to the shop that the page is of, as its visitor. A redirect is an answer and is not followed: its cookies are set all the
 * same, and the page it leads to would cost the shop another answer.
 */
export async function postHere(page: ShopPage, request: PostHere, refuse: Refusal): Promise<{ redirected: boolean; text: string }> {
  const { fetch } = page;
  let redirected = false;
  const connection = {
    online: () => page.online(),
    fetch: async (url: string, init: RequestInit) => {
      const response = await fetch(url, own({ ...init, credentials: 'same-origin' as const }));
      redirected = response.type === 'opaqueredirect';
      // it has a status of 0 and shows nothing
      return redirected ? new Response() : response;
    },
  };
  const { text } = await exchange(connection, { ...request, method: 'POST', timeout: request.timeout ?? 60_000 }, refuse, textOf);
  return { redirected, text };
}
