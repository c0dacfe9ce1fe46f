/**
 * Reads ncdu's JSON from pieces of bytes, an entry at a time, and keeps no more of it than one entry: names are bytes,
 * since ncdu writes them as they are, whatever UTF-8 says.
 */
import type { KeptFilesystem } from '../../model/kept-snapshot.ts';
import { Damage, MOST_LEVELS } from './damage.ts';
import { JsonEntryReader } from './json-entry.ts';
import { JsonTokens, MORE } from './json-tokens.ts';
import type { EntrySink, SnapshotHead, SnapshotScope } from './read-entry.ts';

const COMMA = 44;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
/** No entry and no metadata is longer. */
const MOST_BYTES = 2 ** 20;
/** Of the format; ncdu allows minor numbers up to here. */
const MAJOR = 1;
const MOST_MINOR = 10_000;
/** gdu since then marks every name of an inode with several (its issue 394); 5.25 did not, 5.36.1 does. */
const MARKS_ALL_NAMES = [5, 30] as const;

type Stage = 'head' | 'root' | 'tree' | 'end' | 'done';

export class JsonReader {
  readonly #sink: EntrySink;
  readonly #tokens = new JsonTokens();
  readonly #entries = new JsonEntryReader(this.#tokens);
  /** Devices of the directories that are open. */
  readonly #open: number[] = [];
  #stage: Stage = 'head';
  /** With fewer bytes at hand another try would end where the last one did. */
  #wanted = 0;

  constructor(sink: EntrySink) {
    this.#sink = sink;
  }

  /** Takes the next piece; throws Damage. */
  feed(piece: Uint8Array): void {
    this.#tokens.feed(piece);
    if (this.#tokens.bytes.length < this.#wanted) return;
    this.#read();
    const left = this.#tokens.bytes.length - this.#tokens.at;
    if (left > MOST_BYTES) throw new Damage('an entry that is too long', this.#tokens.base + this.#tokens.at);
    this.#wanted = left * 2;
  }

  /** No more pieces come; throws Damage where the tree is not whole. */
  end(): void {
    this.#tokens.isLast = true;
    this.#read();
    if (this.#stage !== 'done')
      throw new Damage('ends too soon', this.#tokens.base + this.#tokens.bytes.length);
  }

  #read(): void {
    const tokens = this.#tokens;
    let mark = tokens.at;
    try {
      while (this.#step()) mark = tokens.at;
    } catch (error) {
      if (error !== MORE) throw error;
      tokens.at = mark;
    }
  }

  /** Reads one thing; false where nothing is left. Throws MORE before anything was done. */
  #step(): boolean {
    const tokens = this.#tokens;
    switch (this.#stage) {
      case 'head':
        this.#readHead();
        this.#stage = 'root';
        return true;
      case 'root':
        tokens.take(OPENING_BRACKET);
        this.#readDirectory(0);
        this.#stage = 'tree';
        return true;
      case 'tree':
        this.#readItem();
        if (this.#open.length === 0) this.#stage = 'end';
        return true;
      case 'end':
        tokens.take(CLOSING_BRACKET);
        this.#stage = 'done';
        return true;
      default:
        return this.#refuseMore();
    }
  }

  #refuseMore(): boolean {
    const { bytes } = this.#tokens;
    if (this.#tokens.isLast && !/\S/u.test(Buffer.from(bytes.subarray(this.#tokens.at)).toString('latin1')))
      return false;
    this.#tokens.peek();
    return this.#tokens.fail('something behind the end');
  }

  #readItem(): void {
    const tokens = this.#tokens;
    if (tokens.peek() === CLOSING_BRACKET) {
      tokens.at++;
      this.#open.pop();
      this.#sink.closeDirectory();
      return;
    }
    tokens.take(COMMA);
    const device = this.#open.at(-1)!;
    if (tokens.peek() === OPENING_BRACKET) {
      tokens.at++;
      this.#readDirectory(device);
      return;
    }
    if (tokens.peek() !== OPENING_BRACE) tokens.fail('expected an entry');
    this.#entries.read(false, false, device);
    this.#sink.addEntry(this.#entries.entry);
  }

  #readDirectory(device: number): void {
    const tokens = this.#tokens;
    if (this.#open.length >= MOST_LEVELS) tokens.fail('directories nested too deeply');
    this.#entries.read(true, this.#open.length === 0, device);
    const { entry } = this.#entries;
    if (entry.leftOut !== undefined && this.#open.length > 0) {
      // Nothing of it was looked at.
      tokens.take(CLOSING_BRACKET);
      this.#sink.addEntry(entry);
      return;
    }
    this.#open.push(entry.device);
    this.#sink.openDirectory(entry);
  }

  #readHead(): void {
    const tokens = this.#tokens;
    tokens.take(OPENING_BRACKET);
    const at = tokens.at;
    if (tokens.wholeNumber() !== MAJOR) tokens.fail('a format of another major version', at);
    tokens.take(COMMA);
    if (tokens.wholeNumber() > MOST_MINOR) tokens.fail('a format of an unknown version');
    tokens.take(COMMA);
    tokens.peek();
    const start = tokens.at;
    tokens.skip();
    const text = Buffer.from(tokens.bytes.subarray(start, tokens.at));
    tokens.take(COMMA);
    const { version, ...head } = headOf(text, tokens.base + start);
    this.#entries.isGdu = head.program === 'gdu';
    this.#entries.leavesCountedUnmarked = this.#entries.isGdu && isBefore(version, MARKS_ALL_NAMES);
    this.#sink.begin(head);
  }
}

/** Whether a version's first numbers are lower; one that does not begin with numbers is none of the past. */
function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const numbers = /^v?(\d{1,9})\.(\d{1,9})/u.exec(version);
  if (!numbers) return false;
  const [is, isMinor] = [Number(numbers[1]), Number(numbers[2])];
  return is < major || (is === major && isMinor < minor);
}

function headOf(text: Buffer, offset: number): SnapshotHead & { readonly version: string } {
  let metadata: unknown;
  try {
    metadata = JSON.parse(text.toString('utf8'));
  } catch {
    throw new Damage('metadata that is no JSON', offset);
  }
  if (typeof metadata !== 'object' || metadata === null)
    throw new Damage('metadata that is no object', offset);
  const { progname, progver, timestamp, diskwhy } = metadata as Record<string, unknown>;
  return {
    program: typeof progname === 'string' ? progname : '',
    version: typeof progver === 'string' ? progver : '',
    writtenAt: isTime(timestamp) ? timestamp : undefined,
    scope: scopeIn(diskwhy),
    filesystem: filesystemIn(diskwhy),
  };
}

/** Within the times that ECMAScript knows. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= 8.64e12;
}

function scopeIn(own: unknown): SnapshotScope | undefined {
  if (typeof own !== 'object' || own === null) return undefined;
  const { exclude, crossMounts } = own as Record<string, unknown>;
  const isList = Array.isArray(exclude) && exclude.every((pattern) => typeof pattern === 'string');
  return isList && typeof crossMounts === 'boolean' ? { exclude, crossMounts } : undefined;
}

function filesystemIn(own: unknown): KeptFilesystem | undefined {
  if (typeof own !== 'object' || own === null || !('filesystem' in own)) return undefined;
  const { filesystem } = own;
  if (typeof filesystem !== 'object' || filesystem === null) return undefined;
  const { mountPoint, totalBytes, usedBytes, availableBytes } = filesystem as Record<string, unknown>;
  return typeof mountPoint === 'string' && isSize(totalBytes) && isSize(usedBytes) && isSize(availableBytes)
    ? { mountPoint, totalBytes, usedBytes, availableBytes }
    : undefined;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
