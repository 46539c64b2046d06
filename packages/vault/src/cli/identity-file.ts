import { openTeamKey } from '../team.js';
import { Secret } from '../secret.js';
import { readBytes } from './team-folder.js';
import { CannotBeDone } from './usage-error.js';

/**
 * The identities in a file as `age-keygen` writes it.
 *
 * @throws {CannotBeDone}
 */
export async function readIdentities(file: string): Promise<Secret[]> {
  const lines = new TextDecoder().decode(await readBytes(file)).split('\n');
  const identities = lines.map((line) => line.trim()).filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (!identities.length) throw new CannotBeDone(`${file} holds no age identity (AGE-SECRET-KEY-…).`);
  return identities.map((identity) => new Secret(identity));
}

/** The same, and the keys of the team that they open. */
export async function readTeamIdentities(file: string, teamKeys: readonly string[]): Promise<Secret[]> {
  const identities = await readIdentities(file);
  const keys = await Promise.all(teamKeys.map(async (place) => (await openTeamKey(await readBytes(place), identities)).identity));
  return [...identities, ...keys];
}
