import { startServer } from '../support/server-process.ts';
import { median, residentMegabytes } from './process-cost.ts';
import { table } from './table.ts';

const ROUNDS = 7;

/** Time from spawning the process to its first answer, and what it holds when nothing happens. */
export async function benchServerStart(): Promise<void> {
  const cold: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    const server = await startServer();
    await fetch(`${server.url}/healthz`);
    cold.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    idle.push(residentMegabytes(server.pid));
    await server.stop();
  }
  table(
    'Server process',
    ['figure', `median of ${ROUNDS}`, 'least', 'most'],
    [
      ['cold start to first answer, ms', median(cold).toFixed(0), Math.min(...cold).toFixed(0), Math.max(...cold).toFixed(0)],
      ['idle memory (RSS), MB', median(idle).toFixed(0), Math.min(...idle).toFixed(0), Math.max(...idle).toFixed(0)],
    ],
  );
}
