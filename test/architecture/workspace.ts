import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Path from the root, with forward slashes, to text. */
export type Files = ReadonlyMap<string, string>;

/** Names of the folders below `packages`. */
export function packageNames(files: Files): string[] {
  return [...new Set([...files.keys()].map((file) => /^packages\/([^/]+)\//.exec(file)?.[1]).filter((name) => name !== undefined))].sort();
}

/** Sources, `package.json` and `tsconfig.json` of every package, as they are on disk. */
export function readWorkspace(): Files {
  const files = new Map<string, string>();
  for (const name of readdirSync(path.join(root, 'packages'))) {
    for (const file of ['package.json', 'tsconfig.json']) add(files, `packages/${name}/${file}`);
    for (const file of filesBelow(`packages/${name}/src`)) add(files, file);
  }
  return files;
}

/** Every file below a folder, paths from the root. */
export function filesBelow(folder: string): string[] {
  const place = path.join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function add(files: Map<string, string>, file: string): void {
  if (existsSync(path.join(root, file))) files.set(file, readFileSync(path.join(root, file), 'utf8'));
}

/** Members of `package.json` that the rules look at. */
export interface PackageJson {
  name: string;
  dependencies?: Record<string, string>;
  exports?: Record<string, string | { types?: string; default?: string }>;
}

export function packageJson(files: Files, name: string): PackageJson {
  return JSON.parse(files.get(`packages/${name}/package.json`) ?? '{}') as PackageJson;
}

/** Packages that `references` of tsconfig.json names. */
export function references(files: Files, name: string): string[] {
  const { references: list = [] } = JSON.parse(files.get(`packages/${name}/tsconfig.json`) ?? '{}') as { references?: { path: string }[] };
  return list.map((reference) => path.basename(reference.path)).sort();
}
