/**
 * Makes a JSON Schema (draft 2020-12) of a TypeScript type, with the comments of its fields as descriptions. The types
 * are what the compiler infers of the functions that make the JSON, so a schema cannot say anything else than they do.
 */
import ts from 'typescript-5';

/** Names of fields that hold a moment. */
const MOMENT = /At$/u;

export type Schema = { readonly [keyword: string]: unknown };

/** Turns types into schemas; those that contain themselves, and those with a name, stand in `definitions`. */
export class SchemaMaker {
  readonly definitions: Record<string, Schema> = {};
  readonly #checker: ts.TypeChecker;
  readonly #open: ts.Type[] = [];
  readonly #names = new Map<ts.Type, string>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  of(type: ts.Type): Schema {
    const name = this.#names.get(type) ?? nameOf(type);
    if (name === undefined) {
      if (!type.isUnion() && this.#open.includes(type))
        throw new Error(
          `an interface is needed for what contains itself: ${this.#checker.typeToString(type)}`,
        );
      this.#open.push(type);
      const schema = this.#inline(type);
      this.#open.pop();
      return schema;
    }
    if (!this.#names.has(type)) {
      this.#names.set(type, name);
      if (name in this.definitions) throw new Error(`two types are called ${name}`);
      this.definitions[name] = {};
      this.definitions[name] = this.#inline(type);
    }
    return { $ref: `#/$defs/${name}` };
  }

  #inline(type: ts.Type): Schema {
    if (type.isUnion()) return this.#union(type.types);
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.#checker.typeToString(type) === 'true' };
    // A branded string is one as well.
    if (flags & ts.TypeFlags.StringLike || isBranded(type)) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.#compound(type);
    throw new Error(`no schema for ${this.#checker.typeToString(type)}`);
  }

  #union(types: readonly ts.Type[]): Schema {
    const parts = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const [literals, others] = partition(parts, (one) => one.isStringLiteral() || one.isNumberLiteral());
    const [booleans, rest] = partition(others, ({ flags }) => Boolean(flags & ts.TypeFlags.BooleanLiteral));
    const schemas: Schema[] = [
      ...(literals.length > 0 ? [literalsSchema(literals as ts.LiteralType[])] : []),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map((one) => this.of(one))),
      ...rest.map((one) => this.of(one)),
    ];
    if (schemas.length === 1) return schemas[0];
    const isPlain = (one: Schema): boolean => Object.keys(one).join() === 'type';
    return schemas.every(isPlain) ? { type: schemas.map((one) => one['type']) } : { anyOf: schemas };
  }

  #compound(type: ts.Type): Schema {
    const checker = this.#checker;
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as ts.TypeReference).map((one) => this.of(one));
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (checker.isArrayType(type))
      return { type: 'array', items: this.of(checker.getTypeArguments(type as ts.TypeReference)[0]) };
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    // A field that another member of a union has is typed undefined here: it is never there.
    const fields = checker
      .getPropertiesOfType(type)
      .filter((field) => !(checker.getTypeOfSymbol(field).flags & ts.TypeFlags.Undefined));
    const required = fields.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.name, this.#field(field)])),
      ...(required.length > 0 ? { required: required.toSorted() } : {}),
      additionalProperties: index === undefined ? false : this.of(index),
    };
  }

  #field(field: ts.Symbol): Schema {
    const schema = this.of(this.#checker.getTypeOfSymbol(field));
    const isMoment = MOMENT.test(field.name) && [schema['type']].flat().includes('string');
    const about = ts
      .displayPartsToString(field.getDocumentationComment(this.#checker))
      .replaceAll('\n', ' ')
      // What a type says of its values in the program, said of those in JSON.
      .replaceAll(/undefined/giu, 'null')
      .replace(/seconds since 1970/iu, isMoment ? 'ISO 8601, UTC' : '$&');
    return {
      ...(about === '' ? {} : { description: about }),
      ...schema,
      ...(isMoment ? { format: 'date-time' } : {}),
    };
  }
}

/** Interfaces and plain aliases of the program's own; what is made of other types has no name worth repeating. */
function nameOf(type: ts.Type): string | undefined {
  const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
  const isPlain = (type.aliasTypeArguments ?? []).length === 0;
  const isOwn = symbol?.declarations?.every(
    (one) => !one.getSourceFile().fileName.includes('/node_modules/'),
  );
  const isCompound = Boolean(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.UnionOrIntersection));
  return symbol !== undefined && isPlain && isOwn === true && isCompound && !isBranded(type)
    ? symbol.name
    : undefined;
}

function isBranded(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.String);
}

function literalsSchema(literals: readonly ts.LiteralType[]): Schema {
  const values = literals.map(({ value }) => value);
  return values.length === 1 ? { const: values[0] } : { enum: values.toSorted((a, b) => (a < b ? -1 : 1)) };
}

function partition<One>(all: readonly One[], test: (one: One) => boolean): [One[], One[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}
