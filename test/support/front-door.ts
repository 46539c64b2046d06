import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A port in front of another one on this machine, which can be shut and opened again. */
export interface FrontDoor {
  readonly port: number;
  /** From now on connections fail; those that are open are cut. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** For good. */
  close(): void;
}

export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list`, which makes it trusted. */
  spki: string;
}

/** A door whose port is closed while it is shut. */
export async function startPlainDoor(to: number): Promise<FrontDoor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => pipe(socket, to, sockets));
  const port = await listen(server, 0);
  const close = () => {
    for (const socket of sockets) socket.resetAndDestroy();
    server.close();
  };
  return {
    port,
    close,
    async shut() {
      const closed = once(server, 'close');
      close();
      await closed;
    },
    async open() {
      await listen(server, port);
    },
  };
}

/** A door that speaks TLS, and while it is shut shows a certificate that nobody trusts. */
export async function startTlsDoor(to: number, trusted: Certificate, stranger: Certificate): Promise<FrontDoor> {
  const sockets = new Set<Socket>();
  const server = createTlsServer({ ...trusted }, (socket) => pipe(socket, to, sockets));
  // a client that does not trust it leaves
  server.on('tlsClientError', () => undefined);
  const port = await listen(server, 0);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const show = (certificate: Certificate) => {
    server.setSecureContext({ ...certificate });
    cut();
    return Promise.resolve();
  };
  return {
    port,
    shut: () => show(stranger),
    open: () => show(trusted),
    close() {
      cut();
      server.close();
    },
  };
}

/** A self-signed certificate with a key of its own. */
export function makeCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const name = der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from('localhost')))));
  const algorithm = der(0x30, hex('06082a8648ce3d040302'));
  const time = (year: number) => der(0x18, Buffer.from(`${year}0101000000Z`));
  const validity = der(0x30, time(2020), time(2120));
  const facts = der(0x30, hex('a003020102'), der(0x02, hex('01')), algorithm, name, validity, name, key);
  const bits = (bytes: Buffer) => der(0x03, Buffer.concat([hex('00'), bytes]));
  const certificate = der(0x30, facts, algorithm, bits(sign('sha256', facts, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    spki: createHash('sha256').update(key).digest('base64'),
  };
}

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** One value of ASN.1. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function pipe(socket: Socket, to: number, sockets: Set<Socket>): void {
  const inner = connect(to, '127.0.0.1');
  sockets.add(socket);
  for (const [one, other] of [
    [socket, inner],
    [inner, socket],
  ] as const) {
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      other.destroy();
      sockets.delete(socket);
    });
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
