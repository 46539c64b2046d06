import type { BusinessHours } from '@storefront-support/contract';
import { isLoopback } from '../middleware/origins.js';
import { OriginList } from '../middleware/cors.js';
import type { DeskEntry } from './desk-file-schema.js';

/** A rule that spans several members of the desk file. */
export interface DeskFileProblem {
  /** Members from the top of the file down to what is wrong. */
  path: (string | number)[];
  /** What is wrong and what would be right. */
  reason: string;
}

/** What is wrong with desks whose members are each well-formed. */
export function checkDesks(desks: readonly DeskEntry[]): DeskFileProblem[] {
  return [
    ...repeated(
      desks.map(({ desk }, n) => [desk.id, [n, 'desk', 'id']]),
      'desk',
    ),
    ...desks.flatMap((desk, n) => checkDesk(desk, n)),
  ];
}

function checkDesk({ desk, notify, allowedOrigins, trackerUrl, identity }: DeskEntry, n: number): DeskFileProblem[] {
  const problems = repeated(
    desk.contacts.map(({ id }, c) => [id, [n, 'desk', 'contacts', c, 'id']]),
    'contact',
  );
  for (const [c, { id, hours }] of desk.contacts.entries()) {
    if (!Object.hasOwn(notify, id)) {
      problems.push({
        path: [n, 'desk', 'contacts', c, 'id'],
        reason: `contact "${id}" has no address: add it below notify, for example notify: { ${id}: ${id}@shop.example }`,
      });
    }
    if (hours) problems.push(...checkHours(hours, [n, 'desk', 'contacts', c, 'hours']));
  }
  for (const id of Object.keys(notify)) {
    if (!desk.contacts.some((contact) => contact.id === id)) {
      problems.push({
        path: [n, 'notify', id],
        reason: `no contact has the id "${id}"; the contacts are ${desk.contacts.map((contact) => contact.id).join(', ')}`,
      });
    }
  }
  for (const [o, origin] of allowedOrigins.entries()) {
    if (!isOrigin(origin)) {
      problems.push({
        path: [n, 'allowedOrigins', o],
        reason: `${JSON.stringify(origin)} is not an origin: write scheme and host, without a path or a trailing slash, for example https://shop.example; http://localhost:* stands for every port`,
      });
    }
  }
  problems.push(
    ...repeated(
      identity.map(({ kid }, k) => [kid, [n, 'identity', k, 'kid']]),
      'key',
    ),
  );
  const reason = trackerUrl === undefined ? undefined : trackerProblem(trackerUrl, allowedOrigins);
  if (reason !== undefined) problems.push({ path: [n, 'trackerUrl'], reason });
  return [...problems, ...checkHours(desk.hours, [n, 'desk', 'hours'])];
}

function trackerProblem(url: string, allowedOrigins: readonly string[]): string | undefined {
  const page = URL.canParse(url) ? new URL(url) : undefined;
  if (!page || !/^https?:$/.test(page.protocol) || page.username !== '' || page.hash !== '')
    return 'must be the whole address of a page, without a "#", for example https://shop.example/help';
  if (page.protocol === 'http:' && !isLoopback(page.hostname))
    return 'must begin with https://: whoever reads the link on its way could use it';
  if (!new OriginList(allowedOrigins).has(page.origin)) return `its pages may not use this desk: add ${page.origin} to allowedOrigins`;
  return undefined;
}

function checkHours({ timeZone, week }: BusinessHours, path: (string | number)[]): DeskFileProblem[] {
  const problems: DeskFileProblem[] = [];
  if (!isTimeZone(timeZone)) {
    problems.push({
      path: [...path, 'timeZone'],
      reason: `"${timeZone}" is not a time zone: write an IANA name such as Europe/Paris, or an offset such as +04:00`,
    });
  }
  for (const [day, intervals = []] of Object.entries(week)) {
    let end = '';
    for (const [i, [opens, closes]] of intervals.entries()) {
      if (opens >= closes)
        problems.push({
          path: [...path, 'week', day, i],
          reason: `opens at ${opens} and closes at ${closes}: a pair must close after it opens`,
        });
      else if (opens < end)
        problems.push({
          path: [...path, 'week', day, i],
          reason: `begins at ${opens}, before the pair above ends at ${end}: pairs must be in order and must not overlap`,
        });
      end = closes;
    }
  }
  return problems;
}

function repeated(ids: [id: string, path: (string | number)[]][], what: string): DeskFileProblem[] {
  const seen = new Set<string>();
  return ids.flatMap(([id, path]) => {
    if (!seen.has(id)) return seen.add(id) && [];
    return [{ path, reason: `another ${what} has the id "${id}" already: every id must be its own` }];
  });
}

function isOrigin(text: string): boolean {
  const exact = text.endsWith(':*') ? text.slice(0, -2) : text;
  if (!URL.canParse(exact)) return false;
  const { origin, protocol } = new URL(exact);
  return origin === exact && (protocol === 'https:' || protocol === 'http:');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
