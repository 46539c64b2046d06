import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MANIFEST_NAMESPACE, manifestFile, signManifest, verifyManifest } from '../manifest.js';
import { readSigner } from '../ssh/private-key.js';
import { nextManifest } from '../team.js';
import type { TeamFile, TeamFolder } from './team-folder.js';
import { CannotBeDone } from './usage-error.js';

/** The newest key alone: a manifest that still named the one before would seal for whoever has left. */
export async function signNextManifest(folder: TeamFolder, team: TeamFile, days: number | undefined, now: number): Promise<TeamFile> {
  const { team: name, desks, seq, keys, ssh } = team;
  const manifest = nextManifest({ team: name, desks, lastSeq: seq, keys: keys.slice(-1), ssh, now, days });
  const rootFile = folder.place(team.rootFile);
  const signer = await readSigner(await readFile(rootFile, 'utf8').catch(() => ''));
  const signed = signer ? await signManifest(manifest, signer) : await signedByOpenSsh(manifestFile(manifest), rootFile);
  for (const desk of desks) await verifyManifest(signed.file, signed.signature, { desk, roots: [team.root], now, lastSeq: seq });
  const next = { ...team, seq: manifest.seq };
  // the number first: one that was used twice would be worse than one that was skipped
  await folder.save(next);
  await folder.write('manifest.json', signed.file);
  await folder.write('manifest.json.sig', signed.signature);
  return next;
}

/** For keys that are locked by a passphrase, held by an agent or on a token: OpenSSH asks for what it needs. */
async function signedByOpenSsh(file: Uint8Array<ArrayBuffer>, rootFile: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-support-sign-'));
  try {
    const place = path.join(folder, 'manifest.json');
    await writeFile(place, file);
    const args = ['-Y', 'sign', '-f', rootFile, '-n', MANIFEST_NAMESPACE, place];
    const { status, error } = spawnSync('ssh-keygen', args, { stdio: ['inherit', 'ignore', 'inherit'] });
    if (error) throw new CannotBeDone(`${rootFile} is locked or not there, and ssh-keygen, which could unlock it, is not on this machine.`);
    if (status !== 0) throw new CannotBeDone(`ssh-keygen did not sign with ${rootFile}.`);
    return { file, signature: await readFile(`${place}.sig`, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
