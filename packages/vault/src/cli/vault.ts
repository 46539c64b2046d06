#!/usr/bin/env node
import { runVault } from './run-vault.js';

// whatever it makes belongs to its user alone
process.umask(0o077);

// whoever reads it may leave
process.stdout.on('error', () => undefined);

process.exitCode = await runVault(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
