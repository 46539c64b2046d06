import { Readable } from 'node:stream';
import { SupportError } from '@storefront-support/contract';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { MailCatcher } from '../mail/mail-catcher.js';
import { readBody } from '../middleware/read-fields.js';
import type { AppEnv, Ports } from '../ports.js';
import { erasePerson } from '../privacy/erase-person.js';
import { exportPerson } from '../privacy/export-person.js';
import { countPerson, findPerson, type Person, type PersonCounts } from '../privacy/find-person.js';
import { CAUGHT } from '../privacy/forget-caught-mails.js';
import path from 'node:path';

// an address stands in no path: paths are logged by many
const personSchema = z.strictObject({ email: z.string().check(z.trim(), z.minLength(1), z.maxLength(320)) });

/** What the routes need beyond the ports. */
export interface PeopleSettings {
  dataDir: string;
  /** Resolves once no mail is on its way to where mails are caught. */
  mailsSettled?: (() => Promise<void>) | undefined;
}

/** Answer to a preview. */
export interface PersonPreview {
  requester: { name: string; email: string };
  counts: PersonCounts;
}

/** Answer to an erasure. `complete` false: what a reader of an older state keeps alive in the engine's files is still to go. */
export interface ErasedPerson extends PersonPreview {
  complete: boolean;
}

/** What the operator does for a person who asks for it, below `/operator`: never mounted on an origin. */
export function peopleRoutes(ports: Ports, { dataDir, mailsSettled }: PeopleSettings): Hono<AppEnv> {
  const { store, desks, blobs, headers, now, installSecret } = ports;
  const catcher = new MailCatcher(path.join(dataDir, CAUGHT), now);
  return new Hono<AppEnv>()
    .post('/desks/:desk/people/preview', async (c) => {
      const person = await found(c.req.param('desk'), await readBody(c, personSchema));
      return c.json(await preview(person));
    })
    .post('/desks/:desk/people/export', async (c) => {
      const person = await found(c.req.param('desk'), await readBody(c, personSchema));
      return c.json(await exportPerson(store.read, person, await catcher.list(), now()));
    })
    .post('/desks/:desk/people/erase', async (c) => {
      const person = await found(c.req.param('desk'), await readBody(c, personSchema));
      const told = await preview(person);
      const complete = await erasePerson({ store, blobs, headers, dataDir, installSecret, mailsSettled }, person, now());
      return c.json({ ...told, complete } satisfies ErasedPerson);
    })
    .get('/desks/:desk/uploads/:id', async (c) => {
      const upload = await store.read
        .selectFrom('upload')
        .select(['deskId', 'id', 'size'])
        .where('deskId', '=', c.req.param('desk'))
        .where('id', '=', c.req.param('id'))
        .where('sha256', 'is not', null)
        .executeTakeFirst();
      if (!upload) throw new SupportError('not-found', 'There is no such file.');
      c.header('Content-Length', String(upload.size));
      return c.body(Readable.toWeb(Readable.from(blobs.read(upload.deskId, upload.id), { objectMode: false })) as ReadableStream);
    })
    .get('/caught-mails/:id', async (c) => {
      const raw = await catcher.raw(c.req.param('id'));
      if (!raw) throw new SupportError('not-found', 'There is no such mail.');
      return c.body(Readable.toWeb(raw) as ReadableStream);
    });

  async function found(deskId: string, { email }: { email: string }): Promise<Person> {
    if (!desks.has(deskId)) throw new SupportError('not-found', `There is no desk of this id; there are ${[...desks.keys()].join(', ')}.`);
    const person = await findPerson(store.read, installSecret, deskId, email);
    if (!person) throw new SupportError('not-found', 'Nobody of this address has written to this desk, or they have been erased already.');
    return person;
  }

  async function preview(person: Person): Promise<PersonPreview> {
    const { name, email } = person.requester;
    return { requester: { name, email }, counts: await countPerson(store.read, person) };
  }
}
