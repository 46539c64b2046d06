import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { isSupportError, type SupportError, type TicketHint } from '@storefront-support/contract';
import { HttpAdapter } from '@storefront-support/adapters/http';
import { problem, startScripted } from './scripted-server.ts';

const token = 't'.repeat(43);
const STREAM = { 'content-type': 'text/event-stream' };
const encoder = new TextEncoder();

interface Followed {
  hints: TicketHint[];
  opened: number;
  error: SupportError;
}

/** Follows a stream that arrives in these parts and then ends. */
async function follow(parts: Uint8Array[], headers: Record<string, string> = STREAM): Promise<Followed> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part.slice());
      controller.close();
    },
  });
  const adapter = new HttpAdapter({ endpoint: 'http://support.test', desk: 'demo', fetch: async () => new Response(body, { headers }) });
  const hints: TicketHint[] = [];
  let opened = 0;
  const error = await adapter.tracking.follow({ token, onHint: (hint) => hints.push(hint), onOpen: () => opened++ }).then(
    () => assert.fail('resolved'),
    (reason: unknown) => reason,
  );
  assert.ok(isSupportError(error), String(error));
  return { hints, opened, error };
}

const textOf = (text: string) => follow([encoder.encode(text)]);

describe('a stream of hints', () => {
  const SAMPLE =
    ': open\r\n\r\nevent: ticket\rdata: {"number":"K7QF-2M9X",\r\ndata:"seq":3}\n\n:\n\nevent:ticket\ndata: {"number":"é📦","seq":12}\n\r';
  const HINTS = [
    { number: 'K7QF-2M9X', seq: 3 },
    { number: 'é📦', seq: 12 },
  ];

  it('may be cut at any byte', async () => {
    const bytes = encoder.encode(SAMPLE);
    for (let at = 0; at <= bytes.length; at++) {
      const { hints, opened, error } = await follow([bytes.subarray(0, at), bytes.subarray(at)]);
      assert.deepEqual([hints, opened, error.code], [HINTS, 1, 'network'], `cut at byte ${at}`);
    }
    const { hints } = await follow([...bytes].map((byte) => Uint8Array.of(byte)));
    assert.deepEqual(hints, HINTS, 'cut at every byte');
  });

  it('may end its lines as it likes', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = [
        ': open',
        '',
        'event: ticket',
        'data: {"number":"A","seq":1}',
        '',
        'event: ticket',
        'data: {"number":"B","seq":2}',
        '',
        '',
      ];
      const { hints, opened } = await textOf(lines.join(end));
      assert.deepEqual([hints.map(({ number }) => number), opened], [['A', 'B'], 1], JSON.stringify(end));
    }
  });

  it('means nothing by comments, unknown fields and events, and a last event that is not finished', async () => {
    const { hints, opened } = await textOf(
      '\uFEFF: open\n\n: heartbeat\n\nid: 7\nretry: 1\nnonsense\nevent: ticket\n\nevent: later\ndata: x\n\ndata: y\n\nevent: ticket\ndata: {"number":"A","seq":1}\n',
    );
    assert.deepEqual([hints, opened], [[], 1]);
  });

  it('is not believed where a hint is none', async () => {
    for (const data of [
      '',
      'null',
      '[]',
      '{"number":7,"seq":1}',
      '{"number":"A"}',
      '{"number":"A","seq":"1"}',
      '{"number":"A","seq":1e400}',
      '<p>',
    ]) {
      const { hints, error } = await textOf(`event: ticket\ndata: ${data}\n\n`);
      assert.deepEqual([hints, error.code], [[], 'not-a-receipt'], data);
    }
  });

  it('is given up where a line does not end', async () => {
    const { error } = await follow(Array.from({ length: 20 }, () => encoder.encode('x'.repeat(10_000))));
    assert.deepEqual([error.code, error.cause], ['not-a-receipt', 'a line without an end']);
  });

  it('is none where the answer is a page', async () => {
    const { error, opened } = await follow([encoder.encode(': open\n\n')], { 'content-type': 'text/html' });
    assert.deepEqual([error.code, opened], ['not-a-receipt', 0]);
  });

  it('is offline where it breaks off and the device says that it has no network', async () => {
    const adapter = new HttpAdapter({
      ...{ endpoint: 'http://support.test', desk: 'demo', online: () => false },
      fetch: () => Promise.reject(new TypeError('failed')),
    });
    await assert.rejects(adapter.tracking.follow({ token, onHint: () => undefined }), { code: 'offline' });
  });

  it('is asked for with the token in a header, and refused as every other answer is', async () => {
    const server = await startScripted((_, response) => {
      response.writeHead(401, { 'content-type': 'application/problem+json' }).end(problem(401, 'not-signed-in'));
    });
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      await assert.rejects(adapter.tracking.follow({ token, onHint: () => undefined }), { code: 'not-signed-in' });
      const [{ path, headers }] = server.received as [(typeof server.received)[0]];
      assert.equal(path, '/v1/desks/demo/events');
      assert.equal(headers.authorization, `Bearer ${token}`);
      assert.equal(headers.accept, 'text/event-stream');
    } finally {
      await server.close();
    }
  });

  it('is left, with its connection, when the signal aborts', async () => {
    const { promise: left, resolve: onClose } = Promise.withResolvers<void>();
    const server = await startScripted((_, response) => {
      response.on('close', onClose);
      response.writeHead(200, STREAM).write(': open\n\n');
    });
    try {
      const adapter = new HttpAdapter({ endpoint: server.url, desk: 'demo' });
      const stop = new AbortController();
      await adapter.tracking.follow({ token, signal: stop.signal, onHint: () => undefined, onOpen: () => stop.abort() });
      await left;
    } finally {
      await server.close();
    }
  });

  it('is over after a minute of silence', async () => {
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const adapter = new HttpAdapter({
      ...{ endpoint: 'http://support.test', desk: 'demo' },
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
          onAsked();
        }),
    });
    // its code is loaded with the timers of the platform
    await assert.rejects(adapter.tracking.listTickets({ token, signal: AbortSignal.abort() }), { code: 'aborted' });
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const following = adapter.tracking.follow({ token, onHint: () => undefined });
      await asked;
      mock.timers.tick(59_999);
      mock.timers.tick(1);
      await assert.rejects(following, { code: 'network' });
    } finally {
      mock.timers.reset();
    }
  });
});
