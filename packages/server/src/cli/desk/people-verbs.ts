import path from 'node:path';
import type { PersonExport } from '../../privacy/export-person.js';
import type { ErasedPerson, PersonPreview } from '../../routes/people.js';
import { deskIn } from './desk-in.js';
import { needed } from './needed.js';
import { plain } from './show.js';
import { CannotBeDone, type Option, type Typed, type Verb, type Workplace } from './verb.js';
import { openExportFolder, openExportZip } from './write-export.js';

const WHO = {
  desk: { value: 'ID', help: 'which desk; needed where there are several' },
  email: { value: 'ADDRESS', help: 'whose' },
} satisfies { [name: string]: Option };

/** What the operator does for a person who asks what is kept about them, or to be forgotten. */
export const PEOPLE_VERBS: Verb[] = [
  {
    name: 'export',
    words: [],
    summary: 'write down everything that is kept about a person',
    help: [
      'A ZIP archive, or a folder: person.json, and the files beside it. Internal notes of agents are not part of it, nor are names of agents.',
    ],
    options: {
      ...WHO,
      out: { value: 'PLACE', help: 'a name that ends in .zip, or a folder that is empty or not there; person-ADDRESS.zip otherwise' },
      preview: { help: 'only say how much there is' },
    },
    async run(place, typed) {
      const desk = await deskIn(place.counter, typed);
      if (typed.given('preview')) return shown(await ask<PersonPreview>(place, desk, typed, 'preview'));
      const { document, files } = await ask<PersonExport>(place, desk, typed, 'export');
      const out = path.resolve(typed.text('out') ?? `person-${document.requester.email.replace(/[^\w.@-]/g, '_')}.zip`);
      const target = await (out.endsWith('.zip') ? openExportZip(out) : openExportFolder(out));
      try {
        for (const file of files) await target.add(file.path, await place.counter.bytes(file.source));
        await target.add('person.json', [Buffer.from(`${JSON.stringify(document, null, 2)}\n`)]);
        await target.close();
      } catch (error) {
        await target.discard();
        throw error;
      }
      const value = { out, tickets: document.tickets.length, files: files.length };
      return { value, lines: [`${out}: ${value.tickets} tickets, ${value.files} files.`] };
    },
  },
  {
    name: 'erase',
    words: [],
    summary: 'forget a person for good',
    help: [
      'Texts, subjects, order references, file names, comments, files, sessions, links and mails go, of both sides of the tickets; the',
      'tickets stay for the statistics, closed and without a name. Backups that were made before are not touched: when one of them is',
      'restored, the person is erased again before anything is answered.',
    ],
    options: {
      ...WHO,
      preview: { help: 'only say how much there is' },
      yes: { help: 'do not ask' },
    },
    async run(place, typed) {
      const desk = await deskIn(place.counter, typed);
      const preview = await ask<PersonPreview>(place, desk, typed, 'preview');
      if (typed.given('preview')) return shown(preview);
      const { email } = preview.requester;
      if (!typed.given('yes')) {
        const question = `${shown(preview).lines.join('\n')}\nThis cannot be undone. Type the address to erase them: `;
        if ((await place.confirm(question)).trim().toLowerCase() !== email.toLowerCase())
          throw new CannotBeDone('That is another address: nothing was erased.');
      }
      const value = await ask<ErasedPerson>(place, desk, typed, 'erase');
      const rest = value.complete
        ? []
        : ['Somebody, such as a backup, is still reading the database as it was: the last traces go by themselves within the hour.'];
      return { value, lines: [`${plain(email)} is erased: ${countsLine(value)}.`, ...rest] };
    },
  },
];

function ask<T>({ counter }: Workplace, desk: string, typed: Typed, what: 'preview' | 'export' | 'erase'): Promise<T> {
  const email = needed(typed, 'email');
  return counter.ask<T>(`/operator/desks/${encodeURIComponent(desk)}/people/${what}`, { method: 'POST', body: { email } });
}

function shown(value: PersonPreview) {
  const { name, email } = value.requester;
  return { value, lines: [`${plain(name)} <${plain(email)}>`, countsLine(value)] };
}

function countsLine({ counts }: PersonPreview): string {
  const { tickets, messages, statusChanges, ratings, files, fileBytes, sessions, signInLinks, mails, heldTickets } = counts;
  return [
    `${tickets} tickets`,
    `${messages} messages`,
    `${statusChanges} changes of status`,
    `${ratings} ratings`,
    `${files} files of ${fileBytes} bytes`,
    `${sessions} sessions`,
    `${signInLinks} sign-in links`,
    `${mails} mails`,
    `${heldTickets} messages to be confirmed`,
  ].join(', ');
}
