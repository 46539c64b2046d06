import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Device } from '../team.js';
import { CannotBeDone } from './usage-error.js';

/** `team.json`: what is public of a team. Everything that opens or signs something is in files of its own. */
export interface TeamFile {
  v: 1;
  team: string;
  desks: string[];
  algorithm: 'x25519' | 'mlkem768x25519';
  /** Where the private half of the root key lies, or its public half for a key that only OpenSSH can use. */
  rootFile: string;
  /** Fingerprint of the root key: what is pinned. */
  root: string;
  /** Of the last manifest that was signed. */
  seq: number;
  /** The newest last; the manifest names that one. */
  keys: { epoch: number; recipient: string }[];
  /** Everybody to whom the keys are wrapped, the recovery key first. */
  devices: Device[];
  /** Public key line that customers are offered for SSH and SFTP. */
  ssh?: string;
}

const OPEN_TO_ITS_USER = 0o600;

/** The folder of a team on its operator's machine. None of it but `manifest.json` and its `.sig` ever leaves. */
export class TeamFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = path.resolve(folder);
  }

  /** Full path of one of its files. */
  place(name: string): string {
    return path.resolve(this.#folder, name);
  }

  /** @throws {CannotBeDone} where there is no team */
  async read(): Promise<TeamFile> {
    const text = await readFile(this.place('team.json'), 'utf8').catch(() => undefined);
    if (text === undefined) throw new CannotBeDone(`There is no team in ${this.#folder}. Make one: npm run vault -- make-team --help`);
    return JSON.parse(text) as TeamFile;
  }

  /** True where a team is already. */
  async isTaken(): Promise<boolean> {
    return (await readdir(this.#folder).catch((): string[] => [])).includes('team.json');
  }

  async save(team: TeamFile): Promise<void> {
    await this.write('team.json', `${JSON.stringify(team, null, 2)}\n`);
  }

  /** Writes a file whole or not at all, for its user's eyes only. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const file = this.place(name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}.new`;
    await writeFile(draft, content, { mode: OPEN_TO_ITS_USER, flag: 'wx' });
    await chmod(draft, OPEN_TO_ITS_USER);
    await rename(draft, file);
  }

  /** @throws {CannotBeDone} */
  async readBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return readBytes(this.place(name));
  }

  /** Writes a file anywhere, which must not be there yet: what it holds may be the only key to something. */
  async writeNew(file: string, content: string | Uint8Array): Promise<void> {
    await writeFile(path.resolve(file), content, { mode: OPEN_TO_ITS_USER, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new CannotBeDone(error.code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written (${error.code}).`);
    });
  }

  async remove(name: string): Promise<void> {
    await rm(this.place(name), { force: true });
  }
}

/** Name of the file that holds a key of the team, wrapped to its devices. */
export function keyFile(epoch: number): string {
  return `keys/team-${epoch}.age`;
}

/** @throws {CannotBeDone} when it cannot be read */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new CannotBeDone(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
