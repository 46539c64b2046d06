import { cpus, release, totalmem } from 'node:os';
import { benchBeside } from './beside.ts';
import { benchFollowed } from './followed.ts';
import { benchLive } from './live.ts';
import { benchOutbox } from './outbox.ts';
import { benchPageBytes } from './page-bytes.ts';
import { benchPageCost } from './page-cost.ts';
import { benchRefusals } from './refusals.ts';
import { benchSearch } from './search.ts';
import { benchServerStart } from './server-start.ts';
import { benchSyncs, benchTickets } from './tickets.ts';
import { benchUploads } from './uploads.ts';
import { benchVault } from './vault.ts';

const parts: Record<string, () => Promise<void>> = {
  bytes: benchPageBytes,
  page: benchPageCost,
  beside: benchBeside,
  followed: benchFollowed,
  tickets: () => benchTickets(5),
  syncs: () => benchSyncs(3),
  start: benchServerStart,
  search: benchSearch,
  refusals: benchRefusals,
  uploads: benchUploads,
  outbox: benchOutbox,
  live: benchLive,
  vault: benchVault,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length) throw new Error(`unknown benchmark ${unknown.join(', ')}: there are ${Object.keys(parts).join(', ')}`);
const [cpu] = cpus();
process.stdout.write(
  `${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, Linux ${release()}, Node ${process.version}\n`,
);
for (const [name, run] of Object.entries(parts)) if (!wanted.length || wanted.includes(name)) await run();
