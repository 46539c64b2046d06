import { execFileSync, spawnSync } from 'node:child_process';

/** The age command: a second implementation of the format, by other people in another language. Tests that need it fail without it. */
export interface AgeCli {
  version: string;
  /** Encrypts to recipients of any kind the command knows. */
  encrypt(plaintext: Uint8Array, recipients: readonly string[]): Buffer;
  /** Decrypts with an identity; throws what the command said. */
  decrypt(file: Uint8Array, identity: string): Buffer;
}

/** @param command Path of `age`, or its name on `PATH`. */
export function ageCli(command = process.env['AGE'] ?? 'age'): AgeCli {
  const asked = spawnSync(command, ['--version'], { encoding: 'utf8' });
  if (asked.status !== 0) throw new Error(`The command ${command} is needed and was not found: apt-get install age`);
  const options = { maxBuffer: 2 ** 24, stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'] };
  return {
    version: asked.stdout.trim(),
    encrypt: (plaintext, recipients) =>
      execFileSync(
        command,
        recipients.flatMap((recipient) => ['-r', recipient]),
        { ...options, input: plaintext },
      ),
    decrypt(file, identity) {
      // the identity goes through a pipe of its own, never through a file
      const script = 'exec "$0" -d -i /dev/fd/3 3<<EOF\n$IDENTITY\nEOF';
      return execFileSync('sh', ['-c', script, command], { ...options, input: file, env: { ...process.env, IDENTITY: identity } });
    },
  };
}
