import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
/** Whose code runs in a shop's page. */
const OURS = ['contract', 'adapters', 'elements', 'embed'];
/** Functions of our own whose argument becomes options. */
const MAKERS = ['bare', 'own'];

/** Members of a property's descriptor: a page that has one of these on `Object.prototype` can define no property any more. */
const DESCRIPTOR = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'];
/** What browsers read and their declarations do not know yet. */
const UNDECLARED = ['duplex', 'sanitizer', 'comments', 'elements', 'removeElements', 'removeAttributes', 'dataAttributes', 'trustedTypes'];

const parse = (file: string) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

/** What the declarations of the platform, its languages and Lit say of options, by name. */
interface Declared {
  /** Members of every plain dictionary, with the types of each, and the dictionaries it extends. */
  dictionaries: Map<string, { members: Map<string, string[]>; bases: string[] }>;
  /** Types of the parameters of everything that can be called, by the name it is called by. */
  parameters: Map<string, Set<string>>;
}

/**
 * Every member of every options object that code of ours hands to the platform or to Lit, whether it names that member or not: what a
 * page can put on `Object.prototype` to change what is asked for. Read from the sources and from the platform's declarations.
 */
export function optionNames(): string[] {
  const declared = readDeclarations();
  const wanted = new Set(['RenderOptions', 'PropertyDeclaration']);
  const names = new Set(UNDECLARED);
  for (const source of ourSources()) {
    visit(source, (node) => {
      if (ts.isInterfaceDeclaration(node) && /Options$/.test(node.name.text)) addProperties(node, names);
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const callee = nameOf(node.expression);
        for (const type of declared.parameters.get(callee) ?? []) wanted.add(type);
        for (const given of node.arguments ?? []) {
          const literal = ts.isAsExpression(given) ? given.expression : given;
          if (ts.isObjectLiteralExpression(literal) && (MAKERS.includes(callee) || isBare(literal))) addKeys(literal, names);
        }
      }
    });
  }
  for (const type of wanted) addMembers(type, declared, names);
  for (const name of ['__proto__', ...DESCRIPTOR]) names.delete(name);
  return [...names].sort();
}

function addMembers(type: string, { dictionaries }: Declared, names: Set<string>, seen = new Set<string>()): void {
  const dictionary = dictionaries.get(type);
  if (!dictionary || seen.has(type)) return;
  seen.add(type);
  for (const [name, types] of dictionary.members) {
    names.add(name);
    for (const inner of types) addMembers(inner, { dictionaries } as Declared, names, seen);
  }
  for (const base of dictionary.bases) addMembers(base, { dictionaries } as Declared, names, seen);
}

const isBare = ({ properties }: ts.ObjectLiteralExpression) => properties.some(({ name }) => name && nameOf(name) === '__proto__');

function addKeys(literal: ts.ObjectLiteralExpression, names: Set<string>): void {
  for (const { name } of literal.properties) if (name && /^[a-z]\w*$/i.test(nameOf(name))) names.add(nameOf(name));
}

function addProperties({ members }: ts.InterfaceDeclaration, names: Set<string>): void {
  for (const member of members) if (member.name && ts.isPropertySignature(member)) names.add(nameOf(member.name));
}

function* ourSources(): Generator<ts.SourceFile> {
  for (const name of OURS)
    for (const file of readdirSync(path.join(packages, name, 'src'), { recursive: true }) as string[])
      if (file.endsWith('.ts')) yield parse(path.join(packages, name, 'src', file));
}

function readDeclarations(): Declared {
  const declared: Declared = { dictionaries: new Map(), parameters: new Map() };
  const objects = new Set<string>();
  const mixed = new Set<string>();
  const folder = path.dirname(ts.getDefaultLibFilePath({}));
  const files = readdirSync(folder)
    .filter((file) => /^lib\.(dom|es5|es20\d\d\.(intl|error|proxy))\.d\.ts$/.test(file))
    .map((file) => path.join(folder, file));
  const lit = ['lit-html/lit-html.d.ts', '@lit/reactive-element/reactive-element.d.ts', '@lit/reactive-element/decorators/property.d.ts'];
  for (const file of [...files, ...lit.map((name) => fileURLToPath(new URL(`../../../node_modules/${name}`, import.meta.url)))]) {
    visit(parse(file), (node) => {
      if (ts.isInterfaceDeclaration(node)) readInterface(node, declared, mixed);
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
        objects.add(node.name.text);
        if (node.type && ts.isTypeLiteralNode(node.type)) readCalls(node.type.members, node.name.text, declared);
      }
      if (ts.isFunctionDeclaration(node) && node.name) addCall(node.name.text, node, declared);
    });
  }
  // an object of the platform, or a part of one, is no bag of options
  for (const name of objects) for (const base of declared.dictionaries.get(name)?.bases ?? []) mixed.add(base);
  for (const name of [...objects, ...mixed]) declared.dictionaries.delete(name);
  return declared;
}

/** @param mixed takes the names of those that do something, which no bag of options does. */
function readInterface(node: ts.InterfaceDeclaration, declared: Declared, mixed: Set<string>): void {
  const { text } = node.name;
  readCalls(node.members, text.replace(/Constructor$/, ''), declared);
  if (node.members.some((member) => ts.isMethodSignature(member) && !member.questionToken)) mixed.add(text);
  const known = declared.dictionaries.get(text) ?? { members: new Map<string, string[]>(), bases: [] };
  for (const member of node.members)
    if ((ts.isPropertySignature(member) || ts.isMethodSignature(member)) && ts.isIdentifier(member.name))
      known.members.set(member.name.text, ts.isPropertySignature(member) && member.type ? typesIn(member.type) : []);
  for (const clause of node.heritageClauses ?? []) known.bases.push(...clause.types.map(({ expression }) => nameOf(expression)));
  declared.dictionaries.set(text, known);
}

function readCalls(members: ts.NodeArray<ts.TypeElement>, owner: string, declared: Declared): void {
  for (const member of members) {
    if (ts.isMethodSignature(member)) addCall(nameOf(member.name), member, declared);
    if (ts.isConstructSignatureDeclaration(member) || ts.isCallSignatureDeclaration(member)) addCall(owner, member, declared);
  }
}

function addCall(name: string, { parameters }: ts.SignatureDeclarationBase, declared: Declared): void {
  const types = declared.parameters.get(name) ?? new Set<string>();
  for (const { type } of parameters) for (const found of type ? typesIn(type) : []) types.add(found);
  declared.parameters.set(name, types);
}

/** Names of the types that a type is made of. */
function typesIn(type: ts.TypeNode): string[] {
  const found: string[] = [];
  visit(type, (node) => {
    if (ts.isTypeReferenceNode(node)) found.push(ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text);
  });
  return found;
}

function nameOf(node: ts.Node): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : '';
}

function visit(node: ts.Node, take: (node: ts.Node) => void): void {
  take(node);
  ts.forEachChild(node, (child) => visit(child, take));
}
