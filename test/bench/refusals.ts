import { openCast, readRows, twinsOf } from '../server/authorisation/matrix.ts';
import { loadServer } from '../support/server-build.ts';
import { median } from './process-cost.ts';
import { table } from './table.ts';

const PAIRS = 300;
const OPERATIONS = ['getTicket', 'reply', 'getAgentTicket', 'getUploadOffset'];

async function timed(work: () => Promise<Response>): Promise<number> {
  const began = performance.now();
  await (await work()).arrayBuffer();
  return performance.now() - began;
}

/** How long it takes to refuse what is another's, and what does not exist: whoever can tell the two apart learns what there is. */
export async function benchRefusals(): Promise<void> {
  const cast = await openCast(await loadServer());
  const rows = readRows().filter(({ operation, object }) => OPERATIONS.includes(operation) && object === 'B');
  const measured: string[][] = [];
  for (const { title, forbidden, missing } of twinsOf(cast, rows).filter(({ title }) => /by (secA|linkA|agent)$/.test(title))) {
    const [others, nobodys]: [number[], number[]] = [[], []];
    for (let n = 0; n < PAIRS; n++)
      for (const of of n % 2 ? [others, nobodys] : [nobodys, others]) of.push(await timed(of === others ? forbidden : missing));
    measured.push([title, median(others).toFixed(3), median(nobodys).toFixed(3)]);
  }
  await cast.world.close();
  table(`Refusals, medians of ${PAIRS} pairs`, ['operation', 'another’s (ms)', 'nobody’s (ms)'], measured);
}
