/** The JSON Schemas of everything that `--json` prints, made of the types of the functions that make it. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript-5';
import { SchemaMaker } from './json-schema.ts';
import type { Schema } from './json-schema.ts';

/** Schema id → the function in src/render/json that makes the document. */
const makers: Readonly<Record<string, readonly [file: string, name: string]>> = {
  'diff@1': ['diff', 'diffJson'],
  'explain@3': ['explain', 'explainJson'],
  'explain-lines@2': ['explain-lines', 'explainLines'],
  'fleet@1': ['fleet', 'fleetJson'],
  'free@1': ['free', 'freeJson'],
  'history@1': ['history', 'historyJson'],
  'log@2': ['log', 'logJson'],
  'purge@1': ['quarantine', 'purgeJson'],
  'quarantined@1': ['quarantine', 'quarantinedJson'],
  'restore@1': ['deletion', 'restoreJson'],
  'tmp@2': ['tmp', 'tmpJson'],
  'watch@2': ['watch', 'watchEventJson'],
};

/** File name → schema. Takes some seconds: all of the program's types are read. */
export function schemas(): ReadonlyMap<string, Schema> {
  const folder = fileURLToPath(new URL('../../src/render/json/', import.meta.url));
  const files = Object.values(makers).map(([file]) => `${folder}${file}.ts`);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  return new Map(
    Object.entries(makers).map(([id, [file, name]]) => {
      const source = program.getSourceFile(`${folder}${file}.ts`)!;
      const exported = checker
        .getExportsOfModule(checker.getSymbolAtLocation(source)!)
        .find((one) => one.name === name)!;
      const [signature] = checker.getTypeOfSymbol(exported).getCallSignatures();
      const maker = new SchemaMaker(checker);
      const schema = maker.of(yielded(signature.getReturnType(), checker));
      const document = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:diskwhy:${id.replace('@', ':')}`,
        title: `diskwhy/${id}`,
        ...schema,
        $defs: Object.fromEntries(Object.entries(maker.definitions).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      };
      return [`${id.replace('@', '-')}.schema.json`, document];
    }),
  );
}

/** What a generator yields; the type itself where it is none. */
function yielded(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  return type.symbol?.name === 'Generator' ? checker.getTypeArguments(type as ts.TypeReference)[0] : type;
}
