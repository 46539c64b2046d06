import { signManifest } from '@storefront-support/vault/manifest';
import { nextManifest } from '@storefront-support/vault/team';
import { drafts, padded } from '../support/access-drafts.ts';
import { launchWholeChromium, openPage } from '../support/chromium.ts';
import { serveVault, type VaultWindow } from '../support/vault-browser.ts';
import { buildVaultChunks } from '../support/vault-chunks.ts';
import { bind, DESK, makeTeam, NOW } from '../support/vault-team.ts';
import { table } from './table.ts';

const SIZES = { record: 2_000, file: 5_000_000 };
const RUNS = 9;

/** What the vault weighs on a customer's page, and how long sealing takes there; on a slow phone too. */
export async function benchVault(): Promise<void> {
  const chunks = await buildVaultChunks();
  await chunks.remove();
  const bytes = (...parts: string[]) => String(parts.reduce((sum, part) => sum + (chunks.sizes.get(part) ?? NaN), 0));
  table(
    'Vault on the customer’s page',
    ['part', 'brotli (bytes)'],
    [
      ['checks before a field is drawn', bytes('page', 'chunk')],
      ['cipher', bytes('seal')],
      ['post-quantum, when asked for', bytes('hybrid')],
    ],
  );
  const [site, browser] = await Promise.all([serveVault(), launchWholeChromium()]);
  const rows: string[][] = [];
  try {
    for (const algorithm of ['x25519', 'mlkem768x25519'] as const) {
      for (const rate of [1, 4]) {
        const page = await openPage(browser);
        await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate });
        await page.goto(site.url);
        await page.waitForFunction(() => 'vault' in globalThis);
        const team = await makeTeam(algorithm);
        const draft = { team: 'T', desks: [DESK], lastSeq: 0, keys: [team.key], now: NOW };
        const { file, signature } = await signManifest(nextManifest(draft), team.signer);
        const given = {
          file: [...file],
          signature,
          checks: team.checks,
          draft: padded(drafts.ssh, SIZES.record),
          bind,
          sizes: SIZES,
          runs: RUNS,
        };
        const told = await page.evaluate(measure, given);
        const figures = [told.first, told.median, told.file, told.longest].map((ms) => ms.toFixed(1));
        rows.push([algorithm, `${rate}×`, ...figures]);
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
  table(
    `Sealing in Chromium, slowed down so many times; the median of ${RUNS}`,
    ['keys', 'slower', '2 kB, first (ms)', '2 kB (ms)', '5 MB (ms)', 'longest task of it (ms)'],
    rows,
  );
}

/** Runs in the page. */
async function measure(given: {
  file: number[];
  signature: string;
  checks: Parameters<VaultWindow['verifyManifest']>[2];
  draft: unknown;
  bind: Parameters<VaultWindow['sealAccess']>[0];
  sizes: { file: number };
  runs: number;
}) {
  const { verifyManifest, checkDraft, sealAccess, describeFile } = globalThis.vault;
  const manifest = await verifyManifest(new Uint8Array(given.file), given.signature, given.checks);
  const times: number[] = [];
  for (let run = 0; run < given.runs; run++) {
    const began = performance.now();
    await sealAccess(given.bind, checkDraft(given.draft), manifest);
    times.push(performance.now() - began);
  }
  const lent = new Uint8Array(given.sizes.file);
  const data = checkDraft(await describeFile(lent, 'a.key', ''));
  // the task that is running now is none of it
  await new Promise((resolve) => setTimeout(resolve, 50));
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const began = performance.now();
  await sealAccess(given.bind, data, manifest, lent);
  const file = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  const [first = NaN, ...others] = times;
  others.sort((a, b) => a - b);
  return { first, median: others[others.length >> 1] ?? NaN, file, longest };
}
