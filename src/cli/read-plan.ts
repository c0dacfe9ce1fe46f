/** Reads a plan that `diskwhy tmp --json` wrote, for --apply. */
import { readFileSync } from 'node:fs';
import { fromText, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { EntryIdentity, PlannedEntry, PlannedUnit } from '../model/delete-plan.ts';
import { UsageError } from '../model/errors.ts';
import type { FileId } from '../model/file-id.ts';
import type { TmpAsked } from '../render/json/tmp.ts';
import type { Timestamp } from '../model/tmp-reason.ts';
import { errnoMessage, errorCode } from '../system/calls/errno.ts';

/** A plan and how it was judged, so that it can be judged once more. */
export interface PlanFile {
  readonly units: readonly PlannedUnit[];
  readonly olderMs: number;
  readonly minBytes: number;
  readonly ageBy: readonly Timestamp[];
  readonly asked: TmpAsked;
}

/** Throws UsageError where the file cannot be read or is no plan. */
export function readPlan(path: ByteString): PlanFile {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : toBuffer(path), 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), path);
  }
  try {
    return planOf(new Fields(JSON.parse(text), 'the document'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`is no plan: ${error.message}; make one with  diskwhy tmp --json > PLAN`, path);
  }
}

function planOf(document: Fields): PlanFile {
  if (document.text('schema') !== 'diskwhy/tmp@2') throw new SyntaxError('its schema is not diskwhy/tmp@2');
  return {
    units: document
      .list('units')
      .filter((unit) => unit.text('verdict') === 'deletable')
      .map(unitOf),
    olderMs: document.number('olderMs'),
    minBytes: document.number('minBytes'),
    ageBy: document.texts('ageBy') as Timestamp[],
    asked: askedOf(document.object('asked')),
  };
}

function askedOf(asked: Fields): TmpAsked {
  return {
    roots: asked.list('roots').map((root) => root.bytes('path')),
    olderIsExplicit: asked.flag('olderIsExplicit'),
    keep: asked.texts('keep'),
    allUsers: asked.flag('allUsers'),
    system: asked.flag('system'),
    assumeUnused: asked.flag('assumeUnused'),
  };
}

function unitOf(unit: Fields): PlannedUnit {
  const plan = unit.object('plan');
  return {
    path: unit.bytes('path'),
    rule: unit.text('rule'),
    freeableBytes: unit.number('freeableBytes'),
    parent: plan.text('parent') as FileId,
    identity: identityOf(plan),
    entries: plan.number('entries'),
    digest: plan.text('digest'),
    listed: plan.has('listed')
      ? plan
          .list('listed')
          .map((entry): PlannedEntry => ({ below: entry.bytes('below'), ...identityOf(entry) }))
      : undefined,
  };
}

function identityOf(fields: Fields): EntryIdentity {
  return {
    id: fields.text('id') as FileId,
    mode: fields.number('mode'),
    uid: fields.number('uid'),
    links: fields.number('links'),
    sizeBytes: fields.number('sizeBytes'),
    mtimeNs: fields.nanoseconds('mtimeNs'),
    ctimeNs: fields.nanoseconds('ctimeNs'),
  };
}

/** Fields of a JSON object, each of the type that is asked for; SyntaxError where it is not. */
class Fields {
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
    const value = this.text(name);
    return /^-?\d+$/u.test(value) ? BigInt(value) : this.#fail(name, 'a number in quotes');
  }

  texts(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value
      : this.#fail(name, 'a list of texts');
  }

  list(name: string): Fields[] {
    const value = this.#values[name];
    return Array.isArray(value)
      ? value.map((one, i) => new Fields(one, `${name}[${i}]`))
      : this.#fail(name, 'a list');
  }

  object(name: string): Fields {
    return new Fields(this.#values[name], `${name} of ${this.#what}`);
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
