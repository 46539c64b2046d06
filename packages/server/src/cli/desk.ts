#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { placesIn } from './desk/counter.js';
import { runDesk } from './desk/run-desk.js';

// whatever it makes in the data folder belongs to its user alone
process.umask(0o077);

// whoever reads it may leave
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.exitCode = await runDesk(process.argv.slice(2), placesIn(process.env), {
  out: (said) => process.stdout.write(said),
  err: (said) => process.stderr.write(said),
  readInput: () => text(process.stdin),
  async readLine() {
    const lines = createInterface({ input: process.stdin });
    try {
      for await (const line of lines) return line;
      return '';
    } finally {
      lines.close();
    }
  },
});
