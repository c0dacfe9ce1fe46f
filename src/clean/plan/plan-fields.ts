/** Fields of a JSON object, each of the type that is asked for. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Every method throws SyntaxError where the field is missing or of another type. */
export class PlanFields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #what: string;

  constructor(value: unknown, what: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new SyntaxError(`${what} is not an object`);
    this.#values = value as Record<string, unknown>;
    this.#what = what;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : this.#fail(name, 'text');
  }

  /** @param what the pattern stands for, with its article. */
  matching(name: string, pattern: RegExp, what: string): string {
    const value = this.text(name);
    return pattern.test(value) ? value : this.#fail(name, what);
  }

  number(name: string): number {
    const value = this.#values[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.#fail(name, 'a whole number');
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : this.#fail(name, 'true or false');
  }

  nanoseconds(name: string): bigint {
    return BigInt(this.matching(name, /^-?\d{1,20}$/u, 'a number in quotes'));
  }

  texts(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value
      : this.#fail(name, 'a list of texts');
  }

  list(name: string): PlanFields[] {
    const value = this.#values[name];
    return Array.isArray(value)
      ? value.map((one, i) => new PlanFields(one, `${name}[${i}]`))
      : this.#fail(name, 'a list');
  }

  object(name: string): PlanFields {
    return new PlanFields(this.#values[name], `${name} of ${this.#what}`);
  }

  /** A name or path: its bytes in base64 where the text could not hold them. */
  bytes(name: string): ByteString {
    const base64 = this.#values[`${name}Base64`];
    return typeof base64 === 'string'
      ? (Buffer.from(base64, 'base64').toString('latin1') as ByteString)
      : fromText(this.text(name));
  }

  #fail(name: string, wanted: string): never {
    throw new SyntaxError(`${name} of ${this.#what} is not ${wanted}`);
  }
}
