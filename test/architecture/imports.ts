import ts from 'typescript';

export type ImportKind =
  /** Loaded before the module runs: import, re-export, side-effect import, `require`. */
  | 'static'
  /** `import()` of a literal. */
  | 'lazy'
  /** Gone after compiling. */
  | 'type'
  /** A file named through `new URL(…, import.meta.url)` or `import.meta.resolve(…)`. */
  | 'address'
  /** `import()` or `require()` of something that is only known at run time. */
  | 'computed';

export interface Import {
  kind: ImportKind;
  /** Empty for `computed`. */
  specifier: string;
  /** Names taken from it, where they are written down. */
  names: string[];
  line: number;
}

/** Everything a module takes from elsewhere, however it is written. */
export function readImports(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const imports: Import[] = [];
  const add = (node: ts.Node, kind: ImportKind, specifier: ts.Node | undefined, names: string[] = []) => {
    const literal = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    imports.push({ kind: literal === undefined ? 'computed' : kind, specifier: literal ?? '', names, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node, node.importClause?.isTypeOnly ? 'type' : 'static', node.moduleSpecifier, importedNames(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, node.isTypeOnly ? 'type' : 'static', node.moduleSpecifier);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.isTypeOnly ? 'type' : 'static', node.moduleReference.expression);
    } else if (ts.isImportTypeNode(node)) add(node, 'type', ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) add(node, 'type', node.name);
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, 'lazy', node.arguments[0]);
      else if (ts.isIdentifier(node.expression) && node.expression.text === 'require') add(node, 'static', node.arguments[0]);
      else if (node.expression.getText(source) === 'import.meta.resolve') add(node, 'address', node.arguments[0]);
    } else if (
      ts.isNewExpression(node) &&
      node.expression.getText(source) === 'URL' &&
      node.arguments?.[1]?.getText(source) === 'import.meta.url'
    ) {
      const [address] = node.arguments;
      if (address && ts.isStringLiteralLike(address)) add(node, 'address', address);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { fileName, pos } of source.referencedFiles) {
    imports.push({ kind: 'type', specifier: fileName, names: [], line: source.getLineAndCharacterOfPosition(pos).line + 1 });
  }
  return imports;
}

function importedNames(node: ts.ImportDeclaration): string[] {
  const bindings = node.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map((element) => (element.propertyName ?? element.name).text) : [];
}
