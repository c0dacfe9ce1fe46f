/** One entry of ncdu's JSON, from brace to brace (dev.yorhel.nl/ncdu/jsonfmt), and gdu's ways with it. */
import { UNKNOWN_LINKS, emptyReadEntry, resetEntry } from './read-entry.ts';
import type { ReadEntry } from './read-entry.ts';
import { Damage, MOST_NAME_BYTES } from './damage.ts';
import type { JsonTokens } from './json-tokens.ts';

const COMMA = 44;
const COLON = 58;
const SLASH = 47;
const DOT = 46;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
/** What gdu counts for each directory, whatever the filesystem says. */
const GDU_DIRECTORY_BYTES = 4096;
const MODE_BITS = 0xffff;

const keys = [
  'name',
  'asize',
  'dsize',
  'dev',
  'ino',
  'hlnkc',
  'nlink',
  'read_error',
  'excluded',
  'notreg',
  'uid',
  'gid',
  'mode',
  'mtime',
  'items',
] as const;
type Key = (typeof keys)[number];
const keyBytes = keys.map((key) => Buffer.from(key, 'latin1'));
/** As they stand where no space is put in. */
const keyTokens = keys.map((key) => Buffer.from(`"${key}":`, 'latin1'));
const NAME = 1 << keys.indexOf('name');

export class JsonEntryReader {
  readonly entry: ReadEntry = emptyReadEntry();
  /** gdu wrote the file. */
  isGdu = false;
  /** It marks every name of an inode with several but the one it counted: gdu did so before 5.30. */
  leavesCountedUnmarked = false;
  readonly #tokens: JsonTokens;
  /** Numbers given to devices, by what the file calls them. */
  readonly #devices = new Map<string, number>();
  #name = new Uint8Array(256);
  #isLinked = false;
  /** By the index of a key + 1, that of the key which came behind it last. */
  readonly #next = new Uint8Array(keys.length + 1);

  constructor(tokens: JsonTokens) {
    this.#tokens = tokens;
  }

  /**
   * Takes an entry into `entry`. @param isRoot its name is a path. @param device that of the directory around it.
   */
  read(isDirectory: boolean, isRoot: boolean, device: number): void {
    const tokens = this.#tokens;
    const start = tokens.at;
    tokens.take(OPENING_BRACE);
    resetEntry(this.entry, device);
    this.#isLinked = false;
    let seen = 0;
    let before = -1;
    if (tokens.peek() === CLOSING_BRACE) tokens.fail('an entry without a name');
    for (;;) {
      tokens.peek();
      const at = tokens.at;
      const index = this.#takeKey(before);
      before = index;
      if (index < 0) tokens.skip();
      else {
        if ((seen & (1 << index)) !== 0) throw new Damage(`a second "${keys[index]}"`, tokens.base + at);
        seen |= 1 << index;
        this.#value(keys[index], isRoot);
      }
      if (tokens.peek() === CLOSING_BRACE) break;
      tokens.take(COMMA);
    }
    if ((seen & NAME) === 0) tokens.fail('an entry without a name', start);
    tokens.at++;
    this.#settle(isDirectory);
  }

  /** Takes a key and its colon; its index, -1 where it is none of ours. @param before that of the key before it. */
  #takeKey(before: number): number {
    const tokens = this.#tokens;
    // Entries have their keys in one order, nearly always.
    const likely = this.#next[before + 1];
    const expected = keyTokens[likely];
    const { bytes, at } = tokens;
    let same = 0;
    while (same < expected.length && bytes[at + same] === expected[same]) same++;
    if (same === expected.length) {
      tokens.at += same;
      return likely;
    }
    tokens.string();
    const index = keyBytes.findIndex((key) => this.#isKey(key));
    tokens.take(COLON);
    if (index >= 0) this.#next[before + 1] = index;
    return index;
  }

  #isKey(key: Uint8Array): boolean {
    const { text, textStart, textEnd } = this.#tokens;
    return Buffer.compare(text.subarray(textStart, textEnd), key) === 0;
  }

  #value(key: Key, isRoot: boolean): void {
    const { entry } = this;
    const tokens = this.#tokens;
    switch (key) {
      case 'name':
        this.#readName(isRoot);
        return;
      case 'asize':
        entry.apparentBytes = tokens.wholeNumber();
        return;
      case 'dsize':
        entry.diskBytes = tokens.wholeNumber();
        return;
      case 'dev':
        tokens.wholeNumber();
        entry.device = this.#deviceOf(tokens.high, tokens.low);
        return;
      case 'ino':
        tokens.wholeNumber();
        entry.inodeHigh = tokens.high;
        entry.inodeLow = tokens.low;
        entry.hasInode = true;
        return;
      case 'hlnkc':
        this.#isLinked = tokens.flag();
        return;
      case 'nlink':
        entry.links = Math.min(tokens.wholeNumber(), UNKNOWN_LINKS);
        return;
      case 'read_error':
        entry.isUnread = tokens.flag();
        return;
      case 'excluded':
        this.#readExcluded();
        return;
      case 'notreg':
        entry.isRegular = !tokens.flag();
        return;
      case 'uid':
        entry.uid = tokens.wholeNumber();
        return;
      case 'mode':
        entry.mode = tokens.wholeNumber() & MODE_BITS;
        return;
      case 'mtime':
        entry.mtime = tokens.seconds();
        return;
      default:
        tokens.skip();
    }
  }

  /** Kept apart: the text it is read from is written over by the next string. */
  #readName(isRoot: boolean): void {
    const tokens = this.#tokens;
    tokens.peek();
    const at = tokens.at;
    tokens.string();
    const { text, textStart, textEnd } = tokens;
    const length = textEnd - textStart;
    const refuse = (what: string): never => {
      throw new Damage(what, tokens.base + at);
    };
    if (length === 0) refuse('an empty name');
    if (length > MOST_NAME_BYTES) refuse('a name that is too long');
    if (length > this.#name.length) this.#name = new Uint8Array(Math.max(length, this.#name.length * 2));
    const name = this.#name;
    for (let i = 0; i < length; i++) {
      const byte = text[textStart + i];
      if (byte === 0 || (byte === SLASH && !isRoot)) refuse('a name that no file can have');
      name[i] = byte;
    }
    const isDots = length <= 2 && name[0] === DOT && (length === 1 || name[1] === DOT);
    if (isDots && !isRoot) refuse('a name that no file can have');
    this.entry.bytes = name;
    this.entry.nameStart = 0;
    this.entry.nameEnd = length;
  }

  #readExcluded(): void {
    const tokens = this.#tokens;
    tokens.string();
    const why = Buffer.from(tokens.text.subarray(tokens.textStart, tokens.textEnd)).toString('latin1');
    // As ncdu does: what it does not know is a pattern.
    this.entry.leftOut = ['otherfs', 'othfs', 'kernfs'].includes(why) ? 'filesystem' : 'pattern';
  }

  #deviceOf(high: number, low: number): number {
    const name = `${high}:${low}`;
    const known = this.#devices.get(name) ?? this.#devices.size;
    if (known === this.#devices.size) this.#devices.set(name, known);
    return known;
  }

  /** What follows from all of its values. */
  #settle(isDirectory: boolean): void {
    const { entry } = this;
    if (isDirectory) {
      entry.links = 1;
      // It writes what is below it since 5.37 and nothing before; its own totals come from this.
      if (this.isGdu) entry.diskBytes = entry.apparentBytes = GDU_DIRECTORY_BYTES;
      return;
    }
    if (this.leavesCountedUnmarked) {
      // Of the one that it counted it says nothing, not even the inode.
      entry.isCountedElsewhere = this.#isLinked;
      entry.links = 1;
      return;
    }
    if (this.#isLinked && entry.links <= 1) entry.links = UNKNOWN_LINKS;
    // Without its number an inode cannot be told from others.
    if (!entry.hasInode) entry.links = 1;
  }
}
