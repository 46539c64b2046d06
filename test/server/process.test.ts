import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDesks } from '../support/desks.ts';
import { httpRequest } from '../support/http-request.ts';
import { ServerExit, startServer, type StartOptions } from '../support/server-process.ts';
import { newDraft, newKeys, postTicket } from '../support/ticket-request.ts';

const refusal = async (options: StartOptions): Promise<string> => {
  const error = await startServer(options).then(
    async (server) => {
      await server.stop();
      throw new assert.AssertionError({ message: 'the server started' });
    },
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ServerExit, String(error));
  assert.equal(error.code, 1);
  assert.ok(!/\n\s+at /.test(error.output), error.output);
  return error.output;
};

describe('server process', () => {
  let scratch: string;

  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'storefront-process-'));
  });
  after(() => rm(scratch, { recursive: true }));

  it('does not share its folder with a second process, and frees it even when killed', async () => {
    const dataDir = path.join(scratch, 'shared');
    const first = await startServer({ config: openDesks(), dataDir });
    const keys = newKeys();
    const { ticket } = (await (await postTicket({ url: first.url, keys })).json()) as { ticket: { number: string } };
    const output = await refusal({ config: openDesks(), dataDir });
    assert.ok(output.includes(dataDir), output);
    assert.match(output, /Another process already serves/);
    await first.kill('SIGKILL');
    const second = await startServer({ config: openDesks(), dataDir });
    const answer = await fetch(`${second.url}/v1/desks/open/tickets/${ticket.number}`, {
      headers: { Authorization: `Bearer ${keys.secret}` },
    });
    assert.equal(answer.status, 200);
    await second.stop();
  });

  it('keeps its data to its own user', async () => {
    const dataDir = path.join(scratch, 'private');
    const server = await startServer({ config: openDesks(), dataDir });
    await server.stop();
    assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
  });

  it('refuses a bad desk file with its name and line', async () => {
    const CONFIG = path.join(scratch, 'desks.yaml');
    await writeFile(
      CONFIG,
      '- desk:\n    id: shop\n    name: Shop\n    contacts:\n      - id: service\n        nmae: Service\n  notify: { service: a@b.example }\n  mail: { from: a@b.example }\n',
    );
    assert.match(
      await refusal({ env: { CONFIG } }),
      new RegExp(`${CONFIG}:6: \\[0\\]\\.desk\\.contacts\\[0\\]\\.nmae: this member is not known here`),
    );
    assert.match(await refusal({ env: { CONFIG: path.join(scratch, 'none.yaml') } }), /none\.yaml cannot be read \(ENOENT\)/);
  });

  it('refuses to start without a mail server, outside a demo', async () => {
    assert.match(await refusal({ config: openDesks(), env: { DEMO: '0' } }), /SMTP_URL is missing/);
    const output = await refusal({ config: openDesks(), env: { SMTP_URL: 'http://user:hunter2@mail.example' } });
    assert.match(output, /SMTP_URL must begin with smtp/);
    assert.ok(!output.includes('hunter2'));
  });

  it('refuses unfit settings', async () => {
    const config = openDesks();
    assert.match(await refusal({ config, env: { TRUSTED_PROXIES: '10.0.0.0/8, proxy' } }), /TRUSTED_PROXIES: "proxy" is not/);
    assert.match(await refusal({ config, env: { PUBLIC_URL: 'shop.example' } }), /PUBLIC_URL must be an address/);
    assert.match(await refusal({ config, env: { PORT: '99999' } }), /PORT must be a number/);
    const unfit = await refusal({ config, env: { SMTP_URL: 'smtp://user:canary-password@mail.example:99999' } });
    assert.match(unfit, /SMTP_URL must begin with/);
    assert.doesNotMatch(unfit, /canary/);
  });

  it('refuses a port that is taken', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as net.AddressInfo;
    assert.match(await refusal({ config: openDesks(), port }), /EADDRINUSE/);
    taken.close();
  });

  it('prints its addresses, readiness last', async () => {
    const server = await startServer({ config: openDesks() });
    const lines = server
      .output()
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    assert.deepEqual(lines, [
      `shop      ${server.url}/`,
      `api docs  ${server.url}/docs`,
      `mail      ${server.url}/dev/mail`,
      `inbox     ${server.inboxUrl}/`,
      `files     ${server.attachmentsUrl}/`,
      `vault     ${server.vaultUrl}/`,
      `opening   ${server.agentVaultUrl}/`,
      `ready ${server.url}/`,
    ]);
    await server.stop();
  });

  it('keeps its files to its own user in a folder that others may enter', async () => {
    const dataDir = await mkdtemp(path.join(scratch, 'open-'));
    await chmod(dataDir, 0o755);
    const server = await startServer({ config: openDesks(), dataDir });
    for (const name of ['support.sqlite', 'support.sqlite-wal', 'process.lock', 'install-secret'])
      assert.equal((await stat(path.join(dataDir, name))).mode & 0o077, 0, name);
    await server.stop();
  });

  it('names the file that it cannot use, and what to do', async () => {
    for (const name of ['support.sqlite', 'process.lock', 'install-secret']) {
      const dataDir = await mkdtemp(path.join(scratch, 'broken-'));
      await writeFile(path.join(dataDir, name), 'this is nothing of ours '.repeat(500));
      const output = await refusal({ config: openDesks(), dataDir });
      assert.ok(output.includes(path.join(dataDir, name)) && output.includes('DATA_DIR'), output);
    }
  });

  it('ends after a failure nobody handles, with a line and a code of its own, and keeps what it has acknowledged', async () => {
    const dataDir = path.join(scratch, 'crashed');
    const preload = new URL('../support/fail-on-signal.ts', import.meta.url).href;
    const server = await startServer({ config: openDesks(), dataDir, env: { NODE_OPTIONS: `--import=${preload}` } });
    const keys = newKeys();
    const { ticket } = (await (await postTicket({ url: server.url, keys })).json()) as { ticket: { number: string } };
    await server.kill('SIGUSR2');
    assert.equal(server.child.exitCode, 70);
    const line = (event: string) => {
      const found = server
        .output()
        .split('\n')
        .find((text) => text.includes(`"event":"${event}"`));
      return JSON.parse(found ?? '{}') as Record<string, unknown>;
    };
    const [crashed, stopped] = [line('crashed'), line('stopped')];
    assert.deepEqual([crashed['level'], crashed['error']], ['error', 'RangeError']);
    assert.match(String(crashed['at']), /fail-on-signal/);
    assert.equal(stopped['code'], 70);
    assert.ok(!server.output().includes('canary-message'));
    const next = await startServer({ config: openDesks(), dataDir });
    const answer = await fetch(`${next.url}/v1/desks/open/tickets/${ticket.number}`, {
      headers: { Authorization: `Bearer ${keys.secret}` },
    });
    assert.equal(answer.status, 200);
    await next.stop();
  });

  it('goes on when nobody reads its log any more', async () => {
    const server = await startServer({ config: openDesks() });
    server.child.stdout?.destroy();
    for (let n = 0; n < 5; n++) assert.equal((await postTicket({ url: server.url })).status, 201);
    await server.stop();
    assert.equal(server.child.exitCode, 0);
  });

  it('finishes a running request before it ends, and takes no new one', async () => {
    const dataDir = path.join(scratch, 'ending');
    const server = await startServer({ config: openDesks(), dataDir });
    const body = JSON.stringify({ draft: newDraft() });
    const socket = net.connect(server.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write(ticketHead(server.port, body.length));
    // the server has the request's head and waits for its body
    while (!answer.includes('100 Continue')) await once(socket, 'data');
    const gone = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    await untilRefused(server.port);
    socket.write(body);
    await once(socket, 'close');
    assert.match(answer, /HTTP\/1\.1 201 Created/);
    assert.deepEqual(await gone, [0, null]);
    assert.match(server.output(), /"event":"stopped","code":0/);
  });

  it('ends within ten seconds although a request never does', { timeout: 30_000 }, async () => {
    const server = await startServer({ config: openDesks() });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(ticketHead(server.port, 100));
    await once(socket, 'data');
    const began = performance.now();
    await server.kill('SIGTERM');
    assert.ok(performance.now() - began < 10_000);
    socket.destroy();
  });

  it('logs one line per request, without anything a person wrote or a secret', async () => {
    const server = await startServer({ config: openDesks() });
    const keys = newKeys();
    const canary = (name: string) => `canary-${name}-${randomBytes(4).toString('hex')}`;
    const written = {
      name: canary('name'),
      mail: `${canary('mail')}@customer.example`,
      subject: canary('subject'),
      message: canary('message'),
      order: canary('order'),
      file: `${canary('file')}.txt`,
      query: canary('query'),
      trap: canary('trap'),
    };
    const draft = newDraft({
      requester: { name: written.name, email: written.mail },
      subject: written.subject,
      message: written.message,
      orderReference: written.order,
    });
    const { ticket } = (await (await postTicket({ url: server.url, keys, draft })).json()) as { ticket: { number: string } };
    await postTicket({ url: server.url, keys, draft: { ...draft, message: `${written.message} again` } });
    await postTicket({ url: server.url, body: { draft, trap: written.trap } });
    await postTicket({ url: server.url, body: { draft: { ...draft, [written.name]: written.message, subject: '' } } });
    await fetch(`${server.url}/v1/desks/open/tickets/${ticket.number}?${written.query}`, {
      headers: { Authorization: `Bearer ${keys.secret}` },
    });
    await httpRequest(server.port, `/${written.query}`, { headers: { 'x-forwarded-for': written.query, 'user-agent': written.query } });
    const created = await fetch(`${server.url}/v1/desks/open/uploads`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${keys.secret}`,
        'Tus-Resumable': '1.0.0',
        'Upload-Length': '5',
        'Upload-Metadata': `filename ${Buffer.from(written.file).toString('base64')}`,
      },
    });
    assert.equal(created.status, 201);
    const uploadId = (created.headers.get('location') ?? '').split('/').at(-1) as string;
    await fetch(`${server.url}/v1/desks/open/uploads/${uploadId}`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${keys.secret}`, 'Tus-Resumable': '1.0.0' },
    });
    await server.stop();
    const output = server.output();
    for (const secret of [...Object.values(written), keys.secret, keys.idempotencyKey, uploadId, ticket.number, '@customer.example'])
      assert.ok(!output.includes(secret), secret);
    const requests = output
      .split('\n')
      .flatMap((line) => (line.includes('"event":"request"') ? [JSON.parse(line) as Record<string, unknown>] : []));
    assert.equal(requests.length, 8);
    assert.deepEqual(
      requests.map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`),
      [
        'POST /v1/desks/:desk/tickets 201',
        'POST /v1/desks/:desk/tickets 422',
        'POST /v1/desks/:desk/tickets 403',
        'POST /v1/desks/:desk/tickets 422',
        'GET /v1/desks/:desk/tickets/:number 200',
        'GET none 404',
        'POST /v1/desks/:desk/uploads/:id? 201',
        'HEAD /v1/desks/:desk/uploads/:id? 200',
      ],
    );
    for (const { ms, bytes, id, time } of requests) {
      assert.ok(Number(ms) >= 0 && Number(bytes) > 0);
      assert.match(String(id), /^[0-9a-f-]{36}$/);
      assert.ok(!Number.isNaN(Date.parse(String(time))));
    }
  });
});

/** The head of a request whose body is still to come: `100 Continue` says that the server is waiting for it. */
function ticketHead(port: number, length: number): string {
  const { idempotencyKey, secret } = newKeys();
  return [
    'POST /v1/desks/open/tickets HTTP/1.1',
    `Host: localhost:${port}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${idempotencyKey}`,
    `Authorization: Bearer ${secret}`,
    'Expect: 100-continue',
    `Content-Length: ${length}`,
    '\r\n',
  ].join('\r\n');
}

async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const probe = net.connect(port, '127.0.0.1', () => {
        probe.destroy();
        resolve(true);
      });
      probe.once('error', () => resolve(false));
    });
    if (!open) return;
  }
}
