import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseDeskFile, readDeskFile } from '../../packages/server/dist/config/read-desk-file.js';
import { OwnOrigins } from '../../packages/server/dist/middleware/origins.js';
import { readEnvironment } from '../../packages/server/dist/read-environment.js';
import { openDesks } from '../support/desks.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = path.join(root, 'examples/self-hosted');
const read = (name: string) => readFileSync(path.join(example, name), 'utf8');

/** Names that a table of a document has in its first column. */
const variablesIn = (text: string) => [...text.matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\|/gm)].map(([, name]) => name ?? '').sort();

/** Names that the sources read from the environment of the server. */
const variablesRead = () => {
  const sources = ['read-environment.ts', 'mail/mail-timing.ts'].map((name) =>
    readFileSync(path.join(root, 'packages/server/src', name), 'utf8'),
  );
  const names = sources.flatMap((text) =>
    [...text.matchAll(/env\['([A-Z0-9_]+)'\]|\(env, '([A-Z0-9_]+)'/g)].map((found) => found[1] ?? found[2] ?? ''),
  );
  return [...new Set(names)].sort();
};

/** `[section, name, value]` of each line of a unit. */
const linesOf = (name: string) => {
  let section = '';
  return read(name)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line): [string, string, string][] => {
      const begun = /^\[(\w+)\]$/.exec(line);
      if (begun) {
        section = begun[1] ?? '';
        return [];
      }
      const pair = /^(\w+)=(.*)$/.exec(line);
      assert.ok(pair && section, `${name}: ${line}`);
      return [[section, pair[1] ?? '', pair[2] ?? '']];
    });
};

const environment = () =>
  Object.fromEntries(
    read('storefront-support.env')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  );

describe('the files for a machine of one’s own', () => {
  it('name every variable that the server reads, and no other', () => {
    const all = variablesRead();
    assert.ok(all.length >= 15, all.join());
    assert.deepEqual(variablesIn(read('README.md')), all);
    const ofDemo = new Set(['DEMO', 'DEMO_ADMIN', 'SHOP_DIR', 'THEMES_URL']);
    const guide = readFileSync(path.join(root, 'stories/docs/operators-guide.mdx'), 'utf8');
    assert.deepEqual(
      variablesIn(guide),
      all.filter((name) => !ofDemo.has(name)),
    );
    const sample = [...read('storefront-support.env').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? '').sort();
    assert.deepEqual(
      sample,
      all.filter((name) => !ofDemo.has(name)),
    );
  });

  it('describe every defence, with its default', () => {
    const guide = readFileSync(path.join(root, 'stories/docs/operators-guide.mdx'), 'utf8');
    const told = [...guide.matchAll(/^ {2}\| `([a-z]\w+)` +\| ([\d,]+) +\|/gim)].map(([, name = '', value = '']) => [
      name,
      Number(value.replaceAll(',', '')),
    ]);
    const [{ defences: _, ...plain }] = openDesks() as [{ defences: object }];
    const [config] = parseDeskFile(JSON.stringify([plain]), 'desks.yaml');
    assert.deepEqual(Object.fromEntries(told), config?.defences);
  });

  it('start a server with five origins', async () => {
    const options = readEnvironment(environment());
    const { trustedProxies, demo } = options;
    const own = new OwnOrigins();
    own.listen(options);
    assert.ok(own.isReachable('attachments') && !demo);
    assert.deepEqual(trustedProxies, ['127.0.0.1', '::1']);
    const desks = await readDeskFile(path.join(example, 'desks.yaml'));
    assert.equal(desks.length, 1);
  });

  it('lead each host to the port that serves it, and let no client choose what the server believes', () => {
    const { publicUrl, inboxUrl, attachmentsUrl, vaultUrl, agentVaultUrl, port, secondPort, thirdPort } = readEnvironment(environment());
    const host = (url = '') => new URL(url).host;
    const ports = new Map([
      [host(publicUrl), port],
      [host(inboxUrl), secondPort],
      [host(attachmentsUrl), secondPort],
      [host(vaultUrl), port],
      [host(agentVaultUrl), thirdPort],
    ]);
    const nginx = read('nginx.conf').replace(/#.*$/gm, '');
    assert.equal(nginx.match(/\{/g)?.length, nginx.match(/\}/g)?.length);
    for (const line of nginx.split('\n').map((text) => text.trim())) assert.match(line, /^$|[;{}]$/, 'each directive ends');
    const servers = nginx.split(/^server \{$/m).slice(1);
    assert.deepEqual(
      new Map(
        servers.map((text) => [/server_name (\S+);/.exec(text)?.[1], Number(/proxy_pass http:\/\/127\.0\.0\.1:(\d+);/.exec(text)?.[1])]),
      ),
      ports,
    );
    for (const text of servers) {
      for (const header of ['Host $host', 'X-Forwarded-Host $host', 'X-Forwarded-For $remote_addr'])
        assert.ok(text.includes(`proxy_set_header ${header};`), header);
    }
    const caddy = read('Caddyfile').replace(/^\s*#.*$/gm, '');
    const sites = [...caddy.matchAll(/^(\S+) \{\n\treverse_proxy 127\.0\.0\.1:(\d+)/gm)].map(([, host, to]) => [host, Number(to)] as const);
    assert.deepEqual(new Map(sites), ports);
  });

  it('run what is built, as a user without rights, and save it every night', () => {
    const unit = linesOf('storefront-support.service');
    const value = (name: string) => unit.find(([, one]) => one === name)?.[2];
    const file = /^\/usr\/bin\/node (\S+)$/.exec(value('ExecStart') ?? '')?.[1] ?? '';
    assert.ok(existsSync(path.join(root, file)), file);
    for (const name of ['NoNewPrivileges', 'PrivateTmp', 'PrivateDevices', 'ProtectHome', 'ProtectKernelTunables', 'LockPersonality'])
      assert.equal(value(name), 'yes', name);
    assert.deepEqual([value('ProtectSystem'), value('CapabilityBoundingSet'), value('UMask')], ['strict', '', '0077']);
    assert.ok(!unit.some(([, name]) => name === 'MemoryDenyWriteExecute'), 'the engine compiles while it runs');
    assert.ok(Number(value('TimeoutStopSec')) > 10);
    assert.equal(`/var/lib/${value('StateDirectory')}`, environment()['DATA_DIR']);
    assert.equal(value('EnvironmentFile'), '/etc/storefront-support/storefront-support.env');
    const save = linesOf('storefront-support-backup.service').find(([, name]) => name === 'ExecStart')?.[2] ?? '';
    assert.match(save, /packages\/server\/dist\/bundle\/desk\.js backup --out "\$\$STATE_DIRECTORY\//);
    assert.ok(linesOf('storefront-support-backup.timer').some(([section, name]) => section === 'Timer' && name === 'OnCalendar'));
    assert.deepEqual(
      readdirSync(example).filter(
        (name) => name !== 'README.md' && !read('README.md').includes(name.replace(/(-backup)?\.(service|timer)$/, '')),
      ),
      [],
    );
  });
});
