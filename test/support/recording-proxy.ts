import { once } from 'node:events';
import net from 'node:net';

export interface RecordingProxy {
  /** For `--proxy-server`; loopback has to go through it, too: `--proxy-bypass-list=<-loopback>`. */
  readonly url: string;
  /** Everything that went through, in the order it came: what was sent, and what was answered. */
  recorded(): { sent: Buffer; answered: Buffer };
  close(): Promise<void>;
}

/** A SOCKS 5 proxy (RFC 1928) to this machine alone, that keeps every byte it passes on. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const sent: Buffer[] = [];
  const answered: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy()).once('close', () => sockets.delete(client));
    void begin(client).catch(() => client.destroy());
  });

  async function begin(client: net.Socket): Promise<void> {
    const [, methods = 0] = await take(client, 2);
    await take(client, methods);
    client.write(Buffer.from([5, 0]));
    const [, , , kind = 0] = await take(client, 4);
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await take(client, 1))[0] ?? 0);
    // whatever it is called: no name here means another machine
    await take(client, length);
    const port = (await take(client, 2)).readUInt16BE();
    const target = net.connect({ host: '127.0.0.1', port });
    sockets.add(target);
    target.on('error', () => client.destroy()).once('close', () => sockets.delete(target));
    await once(target, 'connect');
    client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
    client.on('data', (bytes: Buffer) => sent.push(bytes));
    target.on('data', (bytes: Buffer) => answered.push(bytes));
    client.pipe(target).pipe(client);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `socks5://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    recorded: () => ({ sent: Buffer.concat(sent), answered: Buffer.concat(answered) }),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The next bytes of a connection that has begun to speak. */
async function take(socket: net.Socket, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes = socket.read(count) as Buffer | null;
    if (bytes) return bytes;
    await once(socket, 'readable');
  }
}
