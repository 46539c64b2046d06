import type { SupportAdapter } from '@storefront-support/contract';
import { checkContrast } from './check-contrast.js';
import { checkCovered } from './check-covered.js';
import { checkHost } from './check-host.js';
import { checkParts } from './check-parts.js';
import { checkPolicy, SANDBOXED, STYLES_REFUSED, watchPolicy } from './check-policy.js';
import { checkRoom } from './check-room.js';
import { checkSheets } from './check-sheets.js';
import { checkAttributes, checkBackend, checkForeign, checkNames } from './check-tags.js';
import { checkVersion, partsAddress } from './check-version.js';
import { findTags, isEmpty, named, type Finding, type Tag } from './finding.js';
import { Panel } from './panel.js';

/** How long a tag may take until it shows something. */
const PATIENCE_MS = 5_000;

const adapterOf = async (tag: Element): Promise<SupportAdapter> => (await import('../adapter-for.js')).adapterFor(tag);

async function examine(): Promise<Finding[]> {
  const tags = findTags();
  const foreign = checkForeign();
  const found: Finding[] = [...checkNames(), ...foreign];
  const silent: Finding[] = [];
  const room: Finding[] = [];
  let broken: Finding | undefined;
  try {
    const colours = await wake(tags);
    for (const tag of tags) {
      const attributes = checkAttributes(tag);
      const others = tags.filter((other) => other !== tag);
      const failed = await checkBackend(tag, adapterOf, others);
      // a misspelled attribute is why
      if (!attributes.some(({ weight }) => weight === 'problem')) silent.push(...failed);
      const host = checkHost(tag);
      // what is hidden is below everything
      const layout = [...host, ...checkParts(tag, colours), ...(host.length ? [] : checkCovered(tag))];
      found.push(...attributes, ...layout, ...checkContrast(tag, colours));
      if (!failed.length && !layout.length) room.push(...(await checkRoom(tag)));
    }
  } catch (cause) {
    broken = {
      kind: 'version',
      weight: 'problem',
      title: 'The parts of the script do not load',
      text: `${String(cause)}. They should be in the folder ${partsAddress.replace(/[^/]*$/, '')}.`,
    };
  }
  const policy = await checkPolicy(tags, partsAddress);
  // what the policy refuses cannot answer
  const isCutOff = policy.some(({ title, weight }) => weight === 'problem' && (title === SANDBOXED || title.startsWith('connect-src')));
  if (!isCutOff) found.push(...silent);
  // rules that the policy refuses may keep that room
  if (!policy.some(({ title }) => title.startsWith(STYLES_REFUSED))) found.push(...room);
  const version = await checkVersion(tags);
  // which of them is missing, or cannot be defined, says more
  if (broken && !version.length && !foreign.length) found.push(broken);
  found.push(...policy, ...version, ...checkSheets(tags));
  // "all is well" of a tag that is not there would be the worst that could be said
  if (!found.some(({ weight }) => weight === 'problem'))
    for (const tag of tags.filter(isEmpty))
      found.push({
        kind: 'tag',
        weight: 'problem',
        title: `${named(tag)} shows nothing`,
        text: 'Nothing that this page says about it is wrong: the console of the browser names the error that stops it.',
        element: tag,
      });
  return found.sort((a, b) => Number(a.weight === 'advice') - Number(b.weight === 'advice'));
}

/** Has every tag show itself, in view or not. */
async function wake(tags: readonly Tag[]) {
  const has = (name: string) => tags.some(({ localName }) => localName === name);
  const [colours] = await Promise.all([
    import('@storefront-support/elements/page-look'),
    import('@storefront-support/elements/support-form'),
    has('support-launcher') && import('@storefront-support/elements/support-launcher'),
    (has('support-tracker') || has('support-thread')) && import('@storefront-support/elements/support-tracker'),
  ]);
  for (const tag of tags as (Tag & { adapter?: SupportAdapter })[]) {
    const adapter = await adapterOf(tag);
    tag.adapter ??= adapter;
  }
  const isShown = (tag: Tag) => {
    const base = tag.shadowRoot?.querySelector<HTMLElement>('[part~=base]');
    return !!base && base.dataset['state'] !== 'loading';
  };
  const end = performance.now() + PATIENCE_MS;
  // what comes in by an animation is looked at where it has come to
  const moving = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  const still = Promise.allSettled(moving.map(({ finished }) => finished));
  await Promise.race([still, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  while (!tags.every(isShown) && performance.now() < end) await new Promise((done) => setTimeout(done, 30));
  return colours;
}

/** Looks at the page, shows what stands in the way of its tags, and what mends it. Loaded by `?support-doctor` in the address. */
export async function openDoctor(): Promise<void> {
  watchPolicy();
  if (document.readyState !== 'complete')
    await new Promise((done) => addEventListener('load', done, { __proto__: null, once: true } as never));
  // another copy of the script may have brought one
  if (!document.querySelector('support-doctor')) await new Panel(examine).examine();
}
void openDoctor();
