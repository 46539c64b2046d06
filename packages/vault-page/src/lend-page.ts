import type { Language } from '@storefront-support/elements/locales';
import { listOfLocales } from './base/page-locale.js';
import './lend/index.js';
import { applyTheme } from './base/apply-theme.js';
import { openHostChannel } from './lend/host-channel.js';
import { lendServer } from './lend/lend-server.js';
import { roots } from './roots.js';

void begin();

/** In a frame it waits for the page around; in a window of its own the address has brought pass and pin. */
async function begin(): Promise<void> {
  const desk = /^\/desks\/([\w.-]+)\/vault\/?$/.exec(location.pathname)?.[1] ?? '';
  const page = Object.assign(document.createElement('vault-lend'), {
    desk,
    roots: Object.hasOwn(roots, desk) ? roots[desk] : [],
    server: lendServer(desk),
  });
  if (window === parent) {
    // the fragment, which no server is told
    const given = new URLSearchParams(location.hash.slice(1));
    page.pass = given.get('pass') ?? '';
    page.pin = given.get('pin');
    history.replaceState(null, '', location.pathname);
    page.locale = speak(navigator.languages);
  } else {
    const channel = await openHostChannel();
    const { pass, pin, locale, dir, theme } = channel.init;
    applyTheme(theme);
    Object.assign(page, { pass, pin, around: channel.origin, tell: channel.say, locale: speak([locale]) });
    if (dir) document.documentElement.dir = dir;
    channel.onPass = (renewed) => page.renew(renewed);
    new ResizeObserver(() => channel.say({ type: 'resize', height: Math.ceil(page.getBoundingClientRect().height) })).observe(page);
  }
  document.body.append(page);
}

function speak(wishes: readonly string[]): { file: Language; tag: string } {
  const locale = listOfLocales(wishes);
  document.documentElement.lang = locale.tag;
  document.documentElement.dir = locale.dir;
  return locale;
}
