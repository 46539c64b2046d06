import { HttpAdapter } from '@storefront-support/adapters/http';
import { randomBytes } from 'node:crypto';
import { openDesks } from '../support/desks.ts';
import { startServer } from '../support/server-process.ts';
import { cpuMillis } from './process-cost.ts';
import { table } from './table.ts';

const MEGABYTES = 40;

/** Bytes through the browser's own upload client: 320 KiB chunks, each hashed, checked, fsynced and acknowledged. */
export async function benchUploads(): Promise<void> {
  const server = await startServer({ config: openDesks() });
  try {
    const rows: string[][] = [];
    for (const parallel of [1, 4]) {
      const before = cpuMillis(server.pid);
      const begin = performance.now();
      await Promise.all(
        Array.from({ length: parallel }, () => {
          const adapter = new HttpAdapter({ endpoint: server.url, desk: 'open' });
          const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(MEGABYTES * 1e6)]);
          return adapter.attachments.upload(new File([bytes], 'large.pdf', { type: 'application/pdf' }), {
            secret: randomBytes(32).toString('base64url'),
          });
        }),
      );
      const seconds = (performance.now() - begin) / 1_000;
      rows.push([
        String(parallel),
        ((parallel * MEGABYTES) / seconds).toFixed(0),
        ((cpuMillis(server.pid) - before) / (parallel * MEGABYTES)).toFixed(1),
      ]);
    }
    table(
      `Uploads of ${MEGABYTES} MB (tus, 320 KiB chunks with SHA-256, fsync before each acknowledgement)`,
      ['at once', 'MB/s', 'server CPU ms/MB'],
      rows,
    );
  } finally {
    await server.stop();
  }
}
