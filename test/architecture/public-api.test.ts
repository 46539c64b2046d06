import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { packageJson, packageNames, readWorkspace, root } from './workspace.ts';

/** Source files behind the `exports` of every package. */
function entryPoints(): string[] {
  const files = readWorkspace();
  return packageNames(files).flatMap((name) =>
    Object.values(packageJson(files, name).exports ?? {}).flatMap((entry) => {
      const types = typeof entry === 'object' ? entry.types : undefined;
      return types ? [path.join(root, `packages/${name}/src`, types.replace(/^\.\/dist\/(types\/)?/, '').replace(/\.d\.ts$/, '.ts'))] : [];
    }),
  );
}

/** Exported declarations without a docstring, as `file name`. */
function undocumented(entries: string[], host?: ts.CompilerHost): string[] {
  const options = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  };
  const program = ts.createProgram(entries, options, host);
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  for (const entry of entries) {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const [declaration] = symbol.getDeclarations() ?? [];
      const file = declaration?.getSourceFile().fileName ?? '';
      if (!declaration || /node_modules|\.d\.ts$/.test(file)) continue;
      const summary = symbol.getJsDocTags(checker).find(({ name }) => name === 'summary');
      if (symbol.getDocumentationComment(checker).length === 0 && !summary?.text?.length)
        found.add(`${path.relative(root, file)} ${symbol.name}`);
    }
  }
  return [...found].sort();
}

describe('the public interface', () => {
  it('has a source file behind every entry of package.json', () => {
    assert.deepEqual(
      entryPoints()
        .filter((file) => !existsSync(file))
        .map((file) => path.relative(root, file)),
      [],
    );
  });

  it('explains every exported declaration', () => {
    assert.deepEqual(undocumented(entryPoints()), []);
  });

  it('is found wanting when a docstring is missing', () => {
    const texts: Record<string, string> = {
      '/entry.ts': "export * from './a.js';\n/** Said. */ export const said = 1;",
      '/a.ts':
        '/** Said. */ export interface Said { a: 1 }\n// not a docstring\nexport interface Unsaid { a: 1 }\nexport function unsaid() {}',
    };
    const host: ts.CompilerHost = {
      getSourceFile: (file, target) => (texts[file] === undefined ? undefined : ts.createSourceFile(file, texts[file], target)),
      fileExists: (file) => file in texts,
      readFile: (file) => texts[file],
      getDefaultLibFileName: () => '/lib.d.ts',
      writeFile: () => {},
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (file) => file,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
    };
    assert.deepEqual(
      undocumented(['/entry.ts'], host).map((line) => line.split(' ')[1]),
      ['Unsaid', 'unsaid'],
    );
  });
});
