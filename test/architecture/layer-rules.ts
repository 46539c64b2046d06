import { isBuiltin } from 'node:module';
import path from 'node:path';
import { readImports, type Import } from './imports.ts';
import { packageJson, packageNames, references, type Files } from './workspace.ts';

interface Layer {
  /** Packages it may import in any way. */
  may: string[];
  /** Packages it may reach by `import()` only; their types are free. */
  lazily?: string[];
  /** Runs on Node and may use its modules; `cli`: only what lies in `src/cli`, which nothing else of the package may import. */
  node?: true | 'cli';
}

/** Who may lean on whom. A package without a row may not exist. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  contract: { may: [] },
  vault: { may: ['contract'], node: 'cli' },
  adapters: { may: ['contract'] },
  elements: { may: ['contract'] },
  'vault-page': { may: ['contract', 'vault', 'elements'] },
  inbox: { may: ['contract', 'elements'] },
  server: { may: ['contract'], node: true },
  embed: { may: ['contract'], lazily: ['elements', 'adapters'] },
};

const SCOPE = '@storefront-support/';
const CIPHERS =
  /^(@noble\/(ciphers|curves|post-quantum)|age-encryption|hpke|@hpke\/.*|jose|libsodium.*|openpgp|sodium.*|tweetnacl.*|crypto-js|node-forge|kyber.*)$/;
/** The one folder whose guards stand between the ciphers and everybody who uses them. */
const GUARDED = 'packages/vault/src/age/';
/** Seals what agents prove their codes with, under a key of the installation: the vault's keys belong to people. */
const OWN_CIPHER = 'packages/server/src/agents/seal.ts';
/** Checks signatures of shops, and seals nothing: of a library that can do both. */
const SIGNATURES = { file: 'packages/server/src/sign-in/identity-token.ts', library: 'jose' };
/** Runs what the browser build prints forms by, for the pages of the demo: it lies where EMBED_DIR says, beside the files that are served. */
const PRINTER = 'packages/server/src/routes/printed-forms.ts';
const SCHEMAS = /^packages\/contract\/src\/([a-z]+-)?schemas\.ts$/;
const CIPHER_NAMES = /\b(create(C|Dec)ipher(iv)?|publicEncrypt|privateDecrypt|subtle\??\.(encrypt|decrypt|wrapKey|unwrapKey))\b/;

/** Every breach of the layers in a set of files, as `file:line what`. */
export function breaches(files: Files): string[] {
  const found: string[] = [];
  for (const name of packageNames(files)) {
    const layer = LAYERS[name];
    if (!layer) {
      found.push(`packages/${name}: has no row in the table of layers`);
      continue;
    }
    for (const [file, text] of files) {
      if (!file.startsWith(`packages/${name}/src/`) || !/\.[cm]?[jt]s$/.test(file)) continue;
      const tell = (line: number, what: string) => found.push(`${file}:${line} ${what}`);
      for (const item of readImports(file, text)) {
        for (const what of importBreaches(files, name, layer, file, item)) tell(item.line, what);
      }
      if (name !== 'vault' && file !== OWN_CIPHER) {
        text
          .split('\n')
          .forEach((line, i) => CIPHER_NAMES.test(line) && tell(i + 1, 'uses a cipher: cryptography lives in packages/vault'));
      }
    }
  }
  return found;
}

function* importBreaches(files: Files, name: string, layer: Layer, file: string, { kind, specifier }: Import): Generator<string> {
  if (kind === 'computed' && file === PRINTER) return;
  if (kind === 'computed') return yield 'imports an address that is only known at run time';
  if (/^(data|blob|https?|file):/.test(specifier)) return yield `imports ${specifier}`;
  const cli = `packages/${name}/src/cli/`;
  if (path.isAbsolute(specifier)) return yield `imports the absolute path ${specifier}`;
  if (/^\.{1,2}(\/|$)/.test(specifier)) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    // the server looks for built files beside its sources and its own manifest
    const home = kind === 'address' ? `packages/${name}/` : `packages/${name}/src/`;
    if (!target.startsWith(home)) yield `reaches out of its package to ${target}`;
    if (layer.node === 'cli' && target.startsWith(cli) && !file.startsWith(cli)) yield `imports ${target}, which only runs on Node`;
    return;
  }
  if (isBuiltin(specifier)) {
    if (!layer.node || (layer.node === 'cli' && !file.startsWith(cli))) yield `imports ${specifier}, which browsers do not have`;
    return;
  }
  const wanted = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const own = packageJson(files, name);
  if (wanted !== own.name && !own.dependencies?.[wanted]) yield `imports ${wanted}, which package.json does not declare`;
  if (wanted.startsWith(SCOPE)) {
    const target = wanted.slice(SCOPE.length);
    if (target === name || layer.may.includes(target)) return;
    if (!layer.lazily?.includes(target)) yield `imports ${target}, which ${name} may not know`;
    else if (kind !== 'lazy' && kind !== 'type') yield `imports ${target} at once: only import() is allowed`;
  }
  if (name === 'contract' && wanted === 'zod' && (!SCHEMAS.test(file) || specifier !== 'zod/mini')) {
    yield `imports ${specifier}: only the schemas may, and only zod/mini`;
  }
  if (name === 'vault' && CIPHERS.test(wanted) && !file.startsWith(GUARDED))
    yield `imports the cipher ${wanted} past the guards in ${GUARDED}`;
  const checksSignatures = file === SIGNATURES.file && wanted === SIGNATURES.library;
  if (name !== 'vault' && CIPHERS.test(wanted) && !checksSignatures)
    yield `imports the cipher ${wanted}: cryptography lives in packages/vault`;
}

/** Differences between what a package declares, references and imports. */
export function dependencyBreaches(files: Files): string[] {
  const found: string[] = [];
  for (const name of packageNames(files)) {
    const imported = new Set<string>();
    for (const [file, text] of files) {
      if (!file.startsWith(`packages/${name}/src/`)) continue;
      for (const { specifier, kind } of readImports(file, text)) {
        if (kind !== 'computed' && !specifier.startsWith('.') && !isBuiltin(specifier)) {
          imported.add(
            specifier
              .split('/')
              .slice(0, specifier.startsWith('@') ? 2 : 1)
              .join('/'),
          );
        }
      }
    }
    const { name: own, dependencies = {} } = packageJson(files, name);
    imported.delete(own);
    for (const wanted of imported) if (!dependencies[wanted]) found.push(`${name} imports ${wanted} without declaring it`);
    for (const declared of Object.keys(dependencies))
      if (!imported.has(declared)) found.push(`${name} declares ${declared} without importing it`);
    for (const [declared, version] of Object.entries(dependencies)) {
      if (!/^\d+\.\d+\.\d+$/.test(version)) found.push(`${name} declares ${declared} without an exact version`);
    }
    const inside = Object.keys(dependencies)
      .filter((declared) => declared.startsWith(SCOPE))
      .map((declared) => declared.slice(SCOPE.length))
      .sort();
    const referenced = references(files, name);
    for (const target of inside)
      if (!referenced.includes(target)) found.push(`${name} declares ${target}, but tsconfig.json does not reference it`);
    for (const target of referenced)
      if (!inside.includes(target)) found.push(`${name} references ${target}, but package.json does not declare it`);
  }
  return found;
}
