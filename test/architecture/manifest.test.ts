import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { filesBelow, root } from './workspace.ts';

interface Described {
  name: string;
  description?: string;
}
interface Member extends Described {
  kind: string;
  privacy?: string;
  static?: boolean;
}
interface Declaration extends Described {
  tagName?: string;
  summary?: string;
  members?: Member[];
  attributes?: Described[];
  events?: Described[];
  slots?: Described[];
  cssParts?: Described[];
  cssProperties?: Described[];
  superclass?: { module?: string };
}
interface Manifest {
  modules: { path: string; declarations?: Declaration[] }[];
}

/** Members that the platform or Lit defines and documents. */
const GIVEN = new Set(
  'shadowRootOptions formAssociated styles elementProperties focus blur click formResetCallback formDisabledCallback formStateRestoreCallback'.split(
    ' ',
  ),
);

const manifest = JSON.parse(readFileSync(path.join(root, 'packages/elements/custom-elements.json'), 'utf8')) as Manifest;
const declarations = manifest.modules.flatMap(({ declarations = [] }) => declarations);
const elements = manifest.modules.flatMap((module) =>
  (module.declarations ?? []).filter(({ tagName }) => tagName).map((declaration) => ({ ...declaration, path: module.path })),
);
const sources = new Map(filesBelow('packages/elements/src').map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));

/** What an element shows to the outside and does not explain. */
function unexplained(element: Declaration): string[] {
  const found: string[] = element.summary || element.description ? [] : [`${element.name} has no summary`];
  const members = (element.members ?? []).filter(
    ({ name, privacy, static: fixed }) => !fixed && !GIVEN.has(name) && (privacy ?? 'public') === 'public' && !name.startsWith('#'),
  );
  const groups = {
    member: members,
    attribute: element.attributes,
    event: element.events,
    slot: element.slots,
    part: element.cssParts,
    property: element.cssProperties,
  };
  for (const [kind, list = []] of Object.entries(groups)) {
    for (const { name, description } of list)
      if (!description?.trim()) found.push(`${element.tagName}: ${kind} "${name}" has no description`);
  }
  return found;
}

/** Text of every module in the folder of an element and below it, and of the class it extends. */
const sourceOf = ({ path: own, superclass }: Declaration & { path: string }) =>
  [...sources]
    .filter(([file]) => file.startsWith(`${path.dirname(own)}/`) || `/${file}` === superclass?.module?.replace(/js$/, 'ts'))
    .map(([, text]) => text)
    .join('\n');
/** What the templates of an element take from a folder that is no element's own. */
const sharedBy = (element: Declaration & { path: string }) =>
  [...sources]
    .filter(([file]) => file.includes('/secret-detector/') && sourceOf(element).includes('/secret-detector/'))
    .map(([, text]) => text)
    .join('\n');
const all = [...sources.values()].join('\n');
const words = (text: string, pattern: RegExp) =>
  new Set(
    [...text.matchAll(pattern)].flatMap((match) => (match[1] ?? '').trim().split(/\s+/)).filter((word) => word && !word.includes('$')),
  );

describe('the manifest of the elements', () => {
  it('lists the elements of the package', () => {
    const { exports } = JSON.parse(readFileSync(path.join(root, 'packages/elements/package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const tags = Object.keys(exports)
      .map((name) => name.slice(2))
      .filter((name) => name.startsWith('support-'));
    assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), tags.sort());
  });

  it('explains every public member, attribute, event, slot, part and property', () => {
    assert.deepEqual(elements.flatMap(unexplained), []);
    const planted = {
      name: 'X',
      tagName: 'x-y',
      summary: 's',
      members: [{ name: 'a', kind: 'field' }],
      events: [{ name: 'b' }],
      cssParts: [{ name: 'c', description: ' ' }],
    };
    assert.equal(unexplained(planted).length, 3);
  });

  it('names the parts that the templates have', () => {
    for (const element of elements) {
      const used = words(sourceOf(element), /\bpart="([^"]*)"/g);
      const documented = new Set((element.cssParts ?? []).map(({ name }) => name));
      assert.deepEqual(
        [...used].filter((name) => !documented.has(name)),
        [],
        `${element.tagName}: parts without @csspart`,
      );
      const text = (sourceOf(element) + sharedBy(element)).replace(/@csspart.*/g, '');
      assert.deepEqual(
        [...documented].filter((name) => !used.has(name) && !text.includes(name)),
        [],
        `${element.tagName}: @csspart without a part`,
      );
    }
  });

  it('names the slots that the templates have', () => {
    for (const element of elements) {
      const text = sourceOf(element);
      const used = new Set([...text.matchAll(/<slot\b([^>]*)>/g)].map((match) => /name="([^"]*)"/.exec(match[1] ?? '')?.[1] ?? ''));
      const documented = (element.slots ?? []).map(({ name }) => name);
      assert.deepEqual(
        [...used].filter((name) => !documented.includes(name)),
        [],
        `${element.tagName}: without @slot`,
      );
      // children may be read without being shown: then only the doc block knows of them
      assert.deepEqual(
        documented.filter((name) => name && !used.has(name)),
        [],
        `${element.tagName}: @slot without a slot`,
      );
    }
  });

  it('names every --support- property that the styles read', () => {
    const used = words(all, /var\(\s*(--support-[\w-]+)/g);
    const documented = new Set(declarations.flatMap(({ cssProperties = [] }) => cssProperties.map(({ name }) => name)));
    assert.deepEqual(
      [...used].filter((name) => !documented.has(name)),
      [],
      'without @cssprop',
    );
    assert.deepEqual(
      [...documented].filter((name) => !used.has(name)),
      [],
      'documented but never read',
    );
  });
});

describe('every event', () => {
  const text = [...sources.keys()]
    .filter((file) => /\bevents?\.ts$/.test(file))
    .map((file) => sources.get(file))
    .join('');
  const classes = [...text.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/\s*)?export class (\w+) extends Event\b[^]*?super\(\s*'([^']+)'/g)].map(
    ([, comment, name, type]) => ({ comment, name, type }),
  );
  const documented = new Set(elements.flatMap(({ events = [] }) => events.map(({ name }) => name)));

  it('is a class with a docstring and a name of the agreed form', () => {
    assert.equal(classes.length, (text.match(/extends Event\b/g) ?? []).length, 'a class was not understood');
    assert.ok(classes.length > 0);
    for (const { comment, name, type } of classes) {
      assert.ok(comment, `${name} has no docstring`);
      assert.match(type ?? '', /^support-(error|before-[a-z]+|[a-z]+(-[a-z]+)*-[a-z]+(ed|nt))$/, name);
    }
  });

  it('is dispatched by an element', () => {
    for (const { name } of classes) assert.ok(all.includes(`new ${name}(`), `${name} is never dispatched`);
  });

  it('is announced with @fires', () => {
    for (const { type, name } of classes) assert.ok(documented.has(type ?? ''), `${name} ("${type}") has no @fires`);
  });

  it('that is announced has a class', () => {
    const types = new Set(classes.map(({ type }) => type));
    assert.deepEqual(
      [...documented].filter((name) => name.startsWith('support-') && !types.has(name)),
      [],
    );
  });
});
