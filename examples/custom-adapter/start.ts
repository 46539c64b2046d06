import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { startPigeonhole } from './pigeonhole-backend.ts';

const folder = import.meta.dirname;
const { outputFiles } = await build({
  entryPoints: [path.join(folder, 'page.ts')],
  bundle: true,
  splitting: true,
  format: 'esm',
  outdir: folder,
  write: false,
});
const scripts = new Map(outputFiles.map((file) => [`/${path.basename(file.path)}`, file.text]));
const backend = await startPigeonhole();
const page = (await readFile(path.join(folder, 'index.html'), 'utf8')).replace('BACKEND', backend.url);

const shop = http.createServer(({ url = '/' }, response) => {
  const script = scripts.get(url);
  const type = script === undefined ? 'text/html' : 'text/javascript';
  response.writeHead(script !== undefined || url === '/' ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(script ?? page);
});
shop.listen(Number(process.env['PORT'] ?? 8490), '127.0.0.1', () => {
  console.log(`open http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
});
