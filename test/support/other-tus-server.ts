import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

export interface OtherTusServer {
  readonly url: string;
  readonly port: number;
  kill(): Promise<void>;
}

/** Another maker's tus server in a process of its own, at the address that uploads to the desk `open` have. */
export async function startOtherTusServer(folder: string, port = 0): Promise<OtherTusServer> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.url), folder, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout! });
  const [line] = (await Promise.race([once(lines, 'line'), gone.then(() => Promise.reject(new Error('it did not start')))])) as [string];
  return {
    url: `http://127.0.0.1:${line}`,
    port: Number(line),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , directory = '', port] = process.argv;
  const tus = new Server({ path: '/v1/desks/open/uploads', datastore: new FileStore({ directory }) });
  const server = http.createServer((request, response) => void tus.handle(request, response));
  server.listen(Number(port), '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
}
