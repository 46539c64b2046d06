import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const THEMES = ['prestashop', 'magento', 'cs-cart'] as const;
export const VERSIONS = ['own-form', 'our-server'] as const;
export type Theme = (typeof THEMES)[number];
export type Version = (typeof VERSIONS)[number];

/** A page of an example theme. */
export interface ThemePage {
  theme: Theme;
  version: Version;
  language: string;
  page: 'contact' | 'product';
  /** Path on its shop, from the shop's base on. */
  path: string;
  /** The same page made beforehand, relative to the project. */
  file: string;
}

export interface Customer {
  id: number;
  firstname: string;
  lastname: string;
  email: string;
  /** References, newest first. */
  orders: string[];
}

/** What each theme's pages are called, and the language it has beside English. */
const SHOPS: { [theme in Theme]: { contact: string; product: string; second: string } } = {
  prestashop: { contact: 'contact-us.html', product: 'bowls/14-tidewater-serving-bowl.html', second: 'ar' },
  magento: { contact: 'contact/', product: 'stuga.html', second: 'he' },
  'cs-cart': { contact: 'contact.html', product: 'tern-one.html', second: 'ar' },
};

/** All pages of the example themes. */
export const themePages: ThemePage[] = THEMES.flatMap((theme) =>
  VERSIONS.flatMap((version) =>
    ['en', SHOPS[theme].second].flatMap((language) =>
      (['contact', 'product'] as const).map((page) => {
        const below = `${language}/${SHOPS[theme][page]}`;
        const file = `examples/${theme}-theme/pages/${version}/${below.replace(/\/$/, '/index.html')}`;
        return { theme, version, language, page, path: below, file };
      }),
    ),
  ),
);

/** Where a theme's shop lies on the demo's origin: each version is a shop of its own, with a slash at its end. */
export const shopBase = (theme: Theme, version: Version): string => `/themes/${theme}/${version}/`;

/** Renders pages with PHP and Smarty, for a customer who is signed in to the shop or for a guest. */
export function renderPages(pages: ThemePage[], customer: Customer | null = null): string[] {
  const html: string[] = [];
  for (const language of new Set(pages.map((page) => page.language))) {
    const wanted = pages.map((page, i) => [page, i] as const).filter(([page]) => page.language === language);
    const jobs = wanted.map(([{ theme, version, page }]) => ({
      ...{ theme, version, language, page, customer },
      base: shopBase(theme, version),
      support: { endpoint: '/', desk: 'demo', identityUrl: `${shopBase(theme, version)}identity.json` },
    }));
    const script = path.join(root, 'test/support/php/render.php');
    const output = execFileSync('php', [script], { input: JSON.stringify(jobs), encoding: 'utf8', maxBuffer: 1e8 });
    for (const [i, text] of (JSON.parse(output) as string[]).entries()) html[wanted[i]![1]] = text;
  }
  return html;
}
