import type { Finding, Tag } from './finding.js';

const ENTRY = /\/embed(?:\.classic)?\.js$/;
const PART = /c\/[\w-]+\.js/g;
/** This file, which every build names after what is in it. */
const OWN = import.meta.url;

/** Where the parts of the running script come from. */
export const partsAddress = OWN;

/** Whether the script of the page, its parts and its server are of one build. */
export async function checkVersion(tags: readonly Tag[]): Promise<Finding[]> {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')].filter(({ src }) =>
    ENTRY.test(new URL(src, document.baseURI).pathname),
  );
  const texts = new Map<HTMLScriptElement, string>();
  for (const script of scripts) {
    const text = await read(script.src);
    if (text) texts.set(script, text);
  }
  const found = [...stale(texts), ...several(texts, tags)];
  return found.length ? found : [...(await missing(texts, tags)), ...(await behindServer(texts, tags))];
}

async function read(address: string): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { __proto__: null, cache: 'no-store', credentials: 'omit' } as never);
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

const partsOf = (text: string): string => [...new Set(text.match(PART))].sort().join();

/** A name for what is in a file. */
function mark(text: string): string {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return (hash >>> 0).toString(36);
}

function tagFor(script: HTMLScriptElement, address: string): string {
  const type = script.type ? ` type="${script.type}"` : '';
  return `<script${type}${script.defer && !script.type ? ' defer' : ''} src="${address}"></script>`;
}

/** The page runs what a cache has kept, or a copy that was written into it. */
function* stale(texts: Map<HTMLScriptElement, string>): Generator<Finding> {
  const own =
    OWN.replace(/[?#].*/, '')
      .split('/')
      .pop() ?? '';
  const [[script, text] = []] = texts;
  if (!script || !text || [...texts.values()].some((other) => other.includes(own))) return;
  const address = new URL(script.src);
  address.search = `?v=${mark(text)}`;
  yield {
    kind: 'version',
    weight: 'problem',
    title: 'The page runs an older script than its address serves',
    text: `${script.src} now names other parts than the one that runs here (${own}). A cache between keeps an old file: ask it for a new address.`,
    snippet: { code: tagFor(script, address.href), place: 'in place of the script tag' },
  };
}

function* several(texts: Map<HTMLScriptElement, string>, tags: readonly Tag[]): Generator<Finding> {
  const versions = new Map([...texts].map(([script, text]) => [partsOf(text), script]));
  if (versions.size < 2) return;
  const scripts = [...texts.keys()];
  // the server's own stays right when the server is upgraded
  const last =
    scripts.find((script) => tags.some((tag) => endpointOf(tag) && !serverScript(script, [tag]))) ??
    scripts.find((script) => new URL(script.src).origin === new URL(OWN).origin) ??
    scripts[0]!;
  yield {
    kind: 'version',
    weight: 'problem',
    title: 'The page has the script in two versions',
    text: `${[...versions.values()].map(({ src }) => src).join(' and ')}: whichever comes first draws the tags, and the other one sends. Keep one.`,
    snippet: { code: tagFor(last, last.src), place: 'in place of all of them' },
  };
}

/** Parts that the script names and that are not beside it. */
async function missing(texts: Map<HTMLScriptElement, string>, tags: readonly Tag[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [script, text] of texts) {
    const names = [...new Set(text.match(PART))];
    const answers = await Promise.all(
      names.map((name) =>
        fetch(new URL(name, script.src), { __proto__: null, method: 'HEAD', cache: 'no-store', credentials: 'omit' } as never).then(
          ({ ok }) => ok,
          () => true,
        ),
      ),
    );
    const gone = names.filter((_, index) => !answers[index]);
    if (!gone.length) continue;
    const address = serverScript(script, tags);
    const theirs = address && (await read(address)) ? address : undefined;
    found.push({
      kind: 'version',
      weight: 'problem',
      title: `${gone.length} of ${names.length} parts of the script are missing`,
      text: `${gone.join(', ')} should be beside ${script.src}, in the folder c. The file and its folder are of two builds: copy both together.`,
      snippet: theirs
        ? { code: tagFor(script, theirs), place: 'in place of the script tag' }
        : { code: 'cp -r node_modules/@storefront-support/embed/dist/embed/. .', place: `where ${new URL(script.src).pathname} lies` },
    });
  }
  return found;
}

/** Address of the server of a tag that names one of ours. */
function endpointOf(tag: Tag): string | undefined {
  const endpoint = /^(http)?$/.test(tag.getAttribute('adapter') ?? '') && tag.getAttribute('endpoint');
  return endpoint && URL.canParse(endpoint, document.baseURI) ? endpoint : undefined;
}

/** Where a tag's server has the same script; undefined where the page takes it from there. */
function serverScript(script: HTMLScriptElement, tags: readonly Tag[]): string | undefined {
  const endpoint = tags.map(endpointOf).find(Boolean);
  if (!endpoint) return undefined;
  const { href, origin } = new URL(
    new URL(script.src).pathname.split('/').pop() ?? '',
    new URL(`${endpoint.replace(/\/$/, '')}/`, document.baseURI),
  );
  return origin === new URL(script.src).origin ? undefined : href;
}

/** A copy of the script in the theme, and a server that has another one. */
async function behindServer(texts: Map<HTMLScriptElement, string>, tags: readonly Tag[]): Promise<Finding[]> {
  const [[script, text] = []] = texts;
  const address = script && serverScript(script, tags);
  if (!address || !text) return [];
  const theirs = await read(address);
  if (!theirs || partsOf(theirs) === partsOf(text)) return [];
  return [
    {
      kind: 'version',
      weight: 'problem',
      title: 'The script and its server are of two versions',
      text: `${script.src} is another build than ${address}. Take the script from the server, or copy its files anew with every upgrade.`,
      snippet: { code: tagFor(script, address), place: 'in place of the script tag' },
    },
  ];
}
