/** What a page in Markdown is parsed to, as far as it matters here. */
interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
}

const RULE = /^\s*:?-+:?\s*$/;

/** A remark plugin: paragraphs that are written as tables become tables, which plain Markdown does not know. */
export function tables() {
  return function rewrite(tree: MarkdownNode): void {
    for (const [at, node] of tree.children?.entries() ?? []) {
      const table = node.type === 'paragraph' ? tableOf(node) : undefined;
      if (table) tree.children![at] = table;
      else rewrite(node);
    }
  };
}

function tableOf({ children = [] }: MarkdownNode): MarkdownNode | undefined {
  if (!children[0]?.value?.startsWith('|')) return undefined;
  const rows: MarkdownNode[][][] = [[[]]];
  for (const child of children) {
    // a line or a bar in code is none
    for (const part of child.type === 'text' ? (child.value ?? '').split(/(\||\n)/) : [child]) {
      if (part === '\n') rows.push([[]]);
      else if (part === '|') rows.at(-1)!.push([]);
      else if (part)
        rows
          .at(-1)!
          .at(-1)!
          .push(typeof part === 'string' ? { type: 'text', value: part } : part);
    }
  }
  // a line begins and ends with a bar
  const [head, rule, ...body] = rows.map((cells) => cells.slice(1, -1));
  if (!head || !rule?.every(([cell]) => RULE.test(cell?.value ?? ''))) return undefined;
  const row = (cells: MarkdownNode[][]): MarkdownNode => ({
    type: 'tableRow',
    children: cells.map((cell) => ({ type: 'tableCell', children: cell })),
  });
  return { type: 'table', children: [head, ...body].map(row) };
}
