/**
 * A customer process: files tickets over plain HTTP and retries each, with the same keys, until it has the receipt.
 * `node ticket-client.ts '{"url": …, "desk": …, "count": …, "workers": …, "seed": …, "dropRate": …}'`
 * prints one JSON line per receipt and a last one with totals.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { seededRandom } from './seeded-random.ts';

export interface ClientOptions {
  url: string;
  desk: string;
  contactId: string;
  count: number;
  workers: number;
  seed: number;
  /** Share of requests whose connection is cut after the request has been sent, before its answer is read. */
  dropRate: number;
}

export interface Receipt {
  key: string;
  secret: string;
  number: string;
  id: string;
}

export interface Totals {
  done: true;
  attempts: number;
  dropped: number;
}

/** One attempt; null when the connection failed or was cut on purpose. */
function send(
  options: ClientOptions,
  key: string,
  secret: string,
  n: number,
  drop: boolean,
): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve) => {
    const body = JSON.stringify({
      draft: {
        contactId: options.contactId,
        kind: 'support',
        requester: { name: `Customer ${n}`, email: `customer${n}@example.com` },
        subject: `Parcel ${n}`,
        message: `Where is parcel ${n}?`,
        attachmentIds: [],
        locale: 'en',
      },
    });
    const request = http.request(`${options.url}/v1/desks/${options.desk}/tickets`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': key,
        authorization: `Bearer ${secret}`,
      },
    });
    request.on('error', () => resolve(null));
    request.on('response', (answer) => {
      if (drop) {
        request.destroy();
        return resolve(null);
      }
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', () => resolve(null));
    });
    request.end(body);
  });
}

async function main(options: ClientOptions) {
  const random = seededRandom(options.seed);
  let next = 0;
  let attempts = 0;
  let dropped = 0;
  await Promise.all(
    Array.from({ length: options.workers }, async () => {
      while (next < options.count) {
        const n = next++;
        const key = randomBytes(16).toString('base64url');
        const secret = randomBytes(32).toString('base64url');
        for (;;) {
          const drop = random() < options.dropRate;
          attempts++;
          if (drop) dropped++;
          const answer = await send(options, key, secret, n, drop);
          if (answer?.status === 201) {
            const { ticket } = JSON.parse(answer.text) as { ticket: { id: string; number: string } };
            process.stdout.write(`${JSON.stringify({ key, secret, number: ticket.number, id: ticket.id } satisfies Receipt)}\n`);
            break;
          }
          if (answer && answer.status < 500) throw new Error(`the server refused ticket ${n}: ${answer.status} ${answer.text}`);
          await new Promise((resolve) => setTimeout(resolve, 20 + 60 * random()));
        }
      }
    }),
  );
  process.stdout.write(`${JSON.stringify({ done: true, attempts, dropped } satisfies Totals)}\n`);
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as ClientOptions);
