/**
 * Values of the model as JSON. In facts every string is bytes or an ASCII code, a number whose name ends in `At` is
 * seconds since 1970, and undefined means that it is not known: null.
 */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isoTime } from './iso-time.ts';

/** A value of facts as it is in JSON; `Name` is that of its field. */
type FactJson<Value, Name = ''> = Value extends undefined | null
  ? null
  : Value extends boolean
    ? Value
    : Value extends bigint
      ? number
      : Value extends number
        ? Name extends `${string}At`
          ? string | null
          : number
        : Value extends string
          ? Value extends ByteString
            ? string
            : Value
          : Value extends ReadonlyMap<infer Key, infer One>
            ? readonly (readonly [FactJson<Key>, FactJson<One>])[]
            : Value extends ReadonlySet<infer One> | readonly (infer One)[]
              ? readonly FactJson<One>[]
              : FactsJson<Value>;

/** An object of facts, field by field, with the bytes of names beside them. */
export type FactsJson<Facts> = Facts extends unknown
  ? { readonly [Name in keyof Facts]: FactJson<Facts[Name], Name> } & {
      readonly [
        Name in keyof Facts & string as NonNullable<Facts[Name]> extends ByteString ? `${Name}Base64` : never
      ]?: string;
    }
  : never;

/** @param name of the value in its object: says what a number is. */
function factJson(value: unknown, name = ''): unknown {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return toText(value as ByteString);
    case 'number':
      return name.endsWith('At') ? isoTime(value) : finite(value);
    case 'bigint':
      return Number(value);
    case 'object':
      return value === null ? null : compound(value);
    default:
      return value;
  }
}

function compound(value: object): unknown {
  if (Array.isArray(value)) return value.map((one) => factJson(one));
  if (value instanceof Map || value instanceof Set) return [...value].map((one) => factJson(one));
  return factsJson(value);
}

/** An object of facts, field by field; a name that is not UTF-8 has its bytes beside it, as `…Base64`. */
export function factsJson<Facts extends object>(facts: Facts): FactsJson<Facts> {
  const json: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    json[name] = factJson(value, name);
    if (typeof value === 'string' && !isText(value as ByteString))
      json[`${name}Base64`] = toBuffer(value as ByteString).toString('base64');
  }
  return json as FactsJson<Facts>;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
