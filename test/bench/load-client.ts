/** Files tickets as fast as its connections allow, in a process of its own. Prints one JSON line. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';

export interface LoadOptions {
  url: string;
  desk: string;
  contactId: string;
  connections: number;
  seconds: number;
  /** Solved proofs to spend, one per ticket; null: the desk asks for none. The run ends with them. */
  proofs: string[] | null;
}

export interface LoadResult {
  tickets: number;
  seconds: number;
  p50: number;
  p99: number;
  failures: number;
}

function post(options: LoadOptions, agent: http.Agent, n: number, proof: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({
      draft: {
        contactId: options.contactId,
        kind: n % 4 ? 'support' : 'pre-sale',
        requester: { name: `Customer ${n}`, email: `customer${n}.${process.pid}@example.com` },
        subject: 'The lamp flickers after ten minutes',
        message: 'It starts bright, then it flickers. I have tried another socket and another bulb. '.repeat(5),
        attachmentIds: [],
        locale: 'en',
      },
    });
    const request = http.request(`${options.url}/v1/desks/${options.desk}/tickets`, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': randomBytes(16).toString('base64url'),
        authorization: `Bearer ${randomBytes(32).toString('base64url')}`,
        ...(proof ? { 'support-proof': proof } : {}),
      },
    });
    request.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function main(options: LoadOptions) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  let failures = 0;
  let n = 0;
  const begin = performance.now();
  const end = begin + options.seconds * 1_000;
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (performance.now() < end && (options.proofs === null || n < options.proofs.length)) {
        const mine = n++;
        const sent = performance.now();
        const status = await post(options, agent, mine, options.proofs?.[mine]);
        if (status === 201) times.push(performance.now() - sent);
        else failures++;
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  process.stdout.write(
    `${JSON.stringify({ tickets: times.length, seconds, p50: at(0.5), p99: at(0.99), failures } satisfies LoadResult)}\n`,
  );
}

if (import.meta.main) {
  let text = '';
  for await (const part of process.stdin) text += String(part);
  await main(JSON.parse(text) as LoadOptions);
}
