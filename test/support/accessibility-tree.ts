import type { CDPSession, Frame, Page } from 'playwright-core';

/** As the protocol tells of a node; `value` of a property is of any kind. */
interface AxNode {
  nodeId: string;
  parentId?: string;
  childIds?: string[];
  ignored: boolean;
  role?: { value?: string };
  name?: { value?: string };
  description?: { value?: string };
  value?: { value?: string | number };
  properties?: { name: string; value: { value?: unknown } }[];
  backendDOMNodeId?: number;
}

export interface TreeOptions {
  /** Selector of the part of the page that is written down; all of it otherwise. */
  within?: string;
  /** What differs from one run to the next, and what is written in its place. */
  changing?: readonly (readonly [RegExp, string])[];
}

/** States worth hearing, as they are said; a false one is not, where people expect none. */
const STATES: { [name: string]: (value: unknown) => string } = {
  level: (value) => `level ${value}`,
  required: (value) => (value ? 'required' : ''),
  invalid: (value) => (value === 'false' ? '' : 'invalid'),
  checked: (value) => (value === 'true' ? 'checked' : 'not checked'),
  pressed: (value) => (value === 'true' ? 'pressed' : 'not pressed'),
  selected: (value) => (value ? 'selected' : ''),
  expanded: (value) => (value ? 'expanded' : 'collapsed'),
  disabled: (value) => (value ? 'unavailable' : ''),
  readonly: (value) => (value ? 'read only' : ''),
  focused: (value) => (value ? 'FOCUS' : ''),
  hasPopup: (value) => (value && value !== 'false' ? `opens a ${value === 'true' ? 'menu' : value}` : ''),
  live: (value) => (value && value !== 'off' ? `live ${value}` : ''),
  busy: (value) => (value ? 'busy' : ''),
  modal: (value) => (value ? 'modal' : ''),
};
/** Boxes without a meaning. */
const HOLLOW = new Set(['generic', 'none', 'InlineTextBox', 'LineBreak', 'ListMarker', 'presentation', 'LabelText']);
/** Their content is their name. */
const NAMED_BY_CONTENT = new Set(['link', 'heading', 'Legend', 'term']);
/** What is in them is not met by itself. */
const WHOLE = new Set(['button', 'option', 'DisclosureTriangle', 'radio', 'checkbox', 'textbox', 'searchbox', 'StaticText']);

/**
 * What assistive technology is told of a page, through shadow roots and frames, one line a thing: its role, its name, what describes it,
 * its value and its states. Text that is a name already is not written down twice.
 */
export async function readTree(page: Page, { within, changing = [] }: TreeOptions = {}): Promise<string> {
  const lines = await linesOf(page, page.mainFrame(), within);
  return changing.reduce((text, [what, instead]) => text.replaceAll(what, instead), `${lines.join('\n')}\n`);
}

async function linesOf(page: Page, frame: Frame, within?: string): Promise<string[]> {
  const isMain = frame === page.mainFrame();
  // a frame of another site has a session of its own
  const own = isMain
    ? undefined
    : await page
        .context()
        .newCDPSession(frame)
        .catch(() => undefined);
  const session: CDPSession = own ?? (await page.context().newCDPSession(page));
  try {
    await session.send('Accessibility.enable');
    const frameId = own || isMain ? undefined : await idOf(session, frame);
    const { nodes } = (await session.send('Accessibility.getFullAXTree', frameId ? { frameId } : {})) as { nodes: AxNode[] };
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    let roots = nodes.filter(({ parentId }) => !parentId || !byId.has(parentId));
    if (within) {
      const { result } = await session.send('Runtime.evaluate', { expression: `(${find})(document, ${JSON.stringify(within)})` });
      const { node } = await session.send('DOM.describeNode', { objectId: result.objectId ?? '', depth: -1, pierce: true });
      const inside = new Set<number | undefined>();
      collect(node, inside);
      // what has no meaning of its own may not be there
      roots = nodes.filter(
        ({ backendDOMNodeId: id, parentId = '' }) => inside.has(id) && !inside.has(byId.get(parentId)?.backendDOMNodeId),
      );
    }
    const lines: string[] = [];
    for (const root of roots) await write(root, 0, { page, frame, session, byId, lines, wasText: false });
    return lines;
  } finally {
    await session.detach();
  }
}

interface FrameTree {
  frame: { id: string; url: string };
  childFrames?: FrameTree[];
}

/** What the protocol calls a frame. */
async function idOf(session: CDPSession, wanted: Frame): Promise<string> {
  const all = ({ frame, childFrames = [] }: FrameTree): FrameTree['frame'][] => [frame, ...childFrames.flatMap(all)];
  const { frameTree } = (await session.send('Page.getFrameTree')) as { frameTree: FrameTree };
  const found = all(frameTree).find(({ url }) => url === wanted.url());
  if (!found) throw new Error(`${wanted.url()} is no frame of this page`);
  return found.id;
}

/** Runs in the page: finds it in shadow roots, too. */
function find(root: ParentNode, selector: string): Element | null {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inner = shadowRoot && find(shadowRoot, selector);
    if (inner) return inner;
  }
  return null;
}

interface DomNode {
  backendNodeId: number;
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

function collect({ backendNodeId, children = [], shadowRoots = [] }: DomNode, into: Set<number | undefined>): void {
  into.add(backendNodeId);
  for (const node of [...children, ...shadowRoots]) collect(node, into);
}

interface Writing {
  page: Page;
  frame: Frame;
  session: CDPSession;
  byId: Map<string, AxNode>;
  lines: string[];
  /** The line before is text without a role, which goes on. */
  wasText: boolean;
}

async function write(node: AxNode, depth: number, writing: Writing): Promise<void> {
  const { lines, byId } = writing;
  const role = node.role?.value ?? '';
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
  const name = squeeze(node.name?.value);
  if (role === 'StaticText') {
    if (!name) return;
    const indent = '  '.repeat(depth);
    const [last = ''] = lines.slice(-1);
    // one line of text may be several nodes
    if (writing.wasText && last.startsWith(indent) && !last.startsWith(`${indent} `)) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(indent + name);
    writing.wasText = true;
    return;
  }
  writing.wasText &&= node.ignored;
  if (role === 'Iframe') {
    lines.push(`${'  '.repeat(depth)}frame "${name}"`);
    for (const frame of writing.page.frames()) {
      if (frame.parentFrame() !== writing.frame || frame.isDetached()) continue;
      for (const line of await linesOf(writing.page, frame)) lines.push(`${'  '.repeat(depth + 1)}${line}`);
    }
    return;
  }
  const isHollow = node.ignored || HOLLOW.has(role);
  if (!isHollow) {
    const said = [role, name && `"${name}"`];
    const description = squeeze(node.description?.value);
    if (description) said.push(`described "${description}"`);
    const value = node.value?.value;
    if (value !== undefined && value !== '' && role !== 'option') said.push(`value "${squeeze(String(value))}"`);
    for (const { name: property, value: held } of node.properties ?? [])
      if (property !== 'level' || role === 'heading') said.push(STATES[property]?.(held.value) ?? '');
    const words = children.every((child) => byId.get(child.nodeId)?.role?.value === 'StaticText');
    const text = words && !name ? squeeze(children.map((child) => child.name?.value).join(' ')) : '';
    lines.push(`${'  '.repeat(depth)}${said.filter(Boolean).join(' ')}${text && `: ${text}`}`);
    if (words && text) return;
  }
  // what is in a field is its value
  if (!isHollow && (WHOLE.has(role) || (role === 'combobox' && !children.some((child) => child.role?.value === 'listbox')))) return;
  for (const child of children) {
    if (!isHollow && NAMED_BY_CONTENT.has(role) && isWords(child, byId)) continue;
    await write(child, isHollow ? depth : depth + 1, writing);
  }
}

/** True where a thing has nothing but text in it. */
function isWords({ role, childIds = [], ignored }: AxNode, byId: Map<string, AxNode>): boolean {
  if (role?.value === 'StaticText') return true;
  return (ignored || HOLLOW.has(role?.value ?? '')) && childIds.every((id) => isWords(byId.get(id) ?? { nodeId: '', ignored: true }, byId));
}

function squeeze(text = ''): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
