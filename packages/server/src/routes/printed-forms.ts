import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Desk } from '@storefront-support/contract';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv, Ports } from '../ports.js';

/** Of the browser build; the style sheet it names lies beside `/embed.js`. */
type PrintForm = (form: { desk: Desk; locale: string; endpoint: string }) => Promise<string>;

const PLACE = /<!-- printed form: ([\w-]+) ([A-Za-z-]+) -->/g;

/**
 * Prints the form into pages of the demo where they ask for it, `<!-- printed form: <desk> <language> -->`: what a shop's own server does
 * when it builds its theme. Where it cannot be printed the page stays as it is, and its form needs a script.
 */
export function printedForms({ desks }: Pick<Ports, 'desks'>, embedDir: string): MiddlewareHandler<AppEnv> {
  let loading: Promise<PrintForm | undefined> | undefined;
  const printed = async (all: string, id: string, locale: string): Promise<string> => {
    const config = desks.get(id);
    loading ??= import(pathToFileURL(path.join(embedDir, 'printed/print-form.js')).href).then(
      ({ printForm }: { printForm: PrintForm }) => printForm,
      () => undefined,
    );
    const print = await loading;
    return config && print ? print({ desk: config.desk, locale, endpoint: '' }) : all;
  };
  return async (c, next) => {
    await next();
    if (c.req.method !== 'GET' || !c.res.headers.get('Content-Type')?.startsWith('text/html')) return;
    const html = await c.res.text();
    const places = [...html.matchAll(PLACE)];
    const forms = await Promise.all(places.map(([all, id = '', locale = '']) => printed(all, id, locale)));
    const headers = new Headers(c.res.headers);
    // it is another length now
    headers.delete('Content-Length');
    c.res = new Response(
      html.replace(PLACE, () => forms.shift() ?? ''),
      { status: c.res.status, headers },
    );
  };
}
