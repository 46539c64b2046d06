/** Prints a heading and aligned columns, as Markdown, so that it can be pasted into a page. */
export function table(title: string, head: string[], rows: string[][]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  process.stdout.write(`\n${title}\n\n${line(head)}${line(widths.map((width) => '-'.repeat(width)))}${rows.map(line).join('')}`);
}
