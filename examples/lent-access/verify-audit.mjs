// node verify-audit.mjs audit.json [check…]: checks the chain that the shop's helpers gave you, with nothing of theirs.
// With checks out of their mails, or hashes that you have noted before, also that the chain still goes through those entries.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [file, ...noted] = process.argv.slice(2);
const { chain, entries } = JSON.parse(readFileSync(file, 'utf8'));
let prev = '0'.repeat(64);
for (const [index, e] of entries.entries()) {
  const { actor: a } = e;
  const text = [chain, e.seq, e.at, e.event, a.kind, a.id, a.name, e.reason, e.requestId, e.recordId, e.epoch, e.client, e.network, prev];
  const hash = createHash('sha256').update(JSON.stringify(text)).digest('hex');
  if (e.seq !== index + 1 || e.prev !== prev || e.hash !== hash) fail(`Entry ${index + 1} is not what it was: changed, added or left out.`);
  prev = hash;
}
for (const check of noted) {
  const start = check.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{20,64}$/.test(start)) fail(`${check} is no check: 20 characters at least, 0 to 9 and a to f.`);
  if (!entries.some(({ hash }) => hash.startsWith(start))) fail(`No entry has the check ${check}: the chain was shortened or rewritten.`);
}
console.log(`Good: ${entries.length} entries of ${chain}, the last ${prev}`);

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
