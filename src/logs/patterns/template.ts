/** One template: its constant words, its first line, and what was seen of it. */
import { Cadence } from '../times/cadence.ts';
import { LineTokens, valueHash } from '../lines/line-tokens.ts';
import { PidTrail } from './pid-trail.ts';
import { Slot, windowSize } from './slot.ts';
import { slotKind } from './slot-kind.ts';

/** Value positions that are followed per template; a loop varies in few. */
const maxSlots = 20;
/** After this many occurrences only one window in eight is measured. */
const measureAll = 32 * windowSize;

/** A line's place in a buffer, and its stamp's (equal offsets when it has none). */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly stampStart: number;
  readonly stampEnd: number;
}

export class Template {
  readonly serial: number;
  /** Masked hash per token; `valueHash` where values vary. */
  readonly tokens: Int32Array;
  /** The first line's bytes, and where its stamp stands in them. */
  readonly sample: Buffer;
  readonly stampStart: number;
  readonly stampEnd: number;
  /** Its lines may say "message repeated N times". */
  readonly isRepeatMarker: boolean;
  /** Occurrences, repeat markers weighed in. */
  count = 0;
  /** Lines, joined continuation lines weighed in. */
  lines = 0;
  /** Bytes of those lines, their times included. */
  bytes = 0;
  /** Number of the record that last was this template: the age by which templates are forgotten. */
  lastRecord = 0;
  readonly cadence: Cadence = new Cadence();
  readonly pids: PidTrail = new PidTrail();
  #slots: Slot[] | null = null;
  /** Text of the first record's continuation lines, cut to 1 KiB, for the lexicon. */
  tail = '';
  /** The last of those lines, where an exception says what it is. */
  lastTailLine = '';

  constructor(serial: number, tokens: LineTokens, bytes: Uint8Array, at: Region) {
    this.serial = serial;
    this.tokens = tokens.masked.slice(0, tokens.count);
    this.sample = Buffer.from(bytes.subarray(at.from, at.to));
    this.stampStart = at.stampStart - at.from;
    this.stampEnd = at.stampEnd - at.from;
    this.isRepeatMarker = this.sample.includes('repeated');
  }

  /** Value positions followed so far; none before the second occurrence. */
  get slots(): readonly Slot[] {
    return this.#slots ?? [];
  }

  /** The sample's tokens, cut anew: most templates never need them again. Valid until the next call on any template. */
  sampleTokens(): LineTokens {
    again.cut(this.sample, 0, this.sample.length, this.stampStart, this.stampEnd);
    return again;
  }

  /** One more occurrence, its tokens as cut from `bytes`; `seconds` NaN where it has no time. */
  add(tokens: LineTokens, bytes: Uint8Array, seconds: number, weight: number): void {
    const seen = this.count;
    this.count += weight;
    this.lines += weight;
    this.cadence.add(seconds);
    if (seen === 0 || (seen > measureAll && (seen & (7 * windowSize)) !== 0)) return;
    if (this.#slots === null) {
      this.#slots = this.#makeSlots();
      this.#observe(this.sampleTokens(), this.sample);
    }
    this.#observe(tokens, bytes);
  }

  /** Makes the tokens that differ from a new line into values. */
  widen(tokens: LineTokens): void {
    for (let index = 0; index < this.tokens.length; index++) {
      if (this.tokens[index] === tokens.masked[index] || this.tokens[index] === valueHash) continue;
      this.tokens[index] = valueHash;
      if (this.#slots !== null && this.#slots.length < maxSlots) {
        const { start, end } = this.sampleTokens();
        this.#slots.push(newSlot(index, this.sample.toString('latin1'), start[index], end[index], true));
      }
    }
  }

  #observe(tokens: LineTokens, bytes: Uint8Array): void {
    for (const slot of this.#slots ?? []) {
      const { token } = slot;
      const number = shortNumber(bytes, tokens.start[token], tokens.end[token]);
      slot.add(tokens.raw[token], number);
      // 1 is the first process of its container, in each of that one's lives, or init: neither tells lives apart.
      if (slot.kind === 'pid' && number > 1) this.pids.add(number);
    }
  }

  #makeSlots(): Slot[] {
    const slots: Slot[] = [];
    const { start, end } = this.sampleTokens();
    const text = this.sample.toString('latin1');
    for (let index = 0; index < this.tokens.length && slots.length < maxSlots; index++)
      if (this.tokens[index] === valueHash) slots.push(newSlot(index, text, start[index], end[index], false));
    return slots;
  }
}

/** Reused for cutting samples. */
const again = new LineTokens();

function newSlot(index: number, text: string, start: number, end: number, varies: boolean): Slot {
  return new Slot(index, slotKind(text, start, end, index), varies);
}

/** A decimal number of up to nine digits, also the 7 of "7/100", "7." and "#7"; NaN for anything else. */
function shortNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 19) return Number.NaN;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit === -1 && at > from) return value;
    // A number may end a sentence or a clause.
    if (at === to - 1 && at > from && (bytes[at] === 46 || bytes[at] === 44 || bytes[at] === 41))
      return value;
    if (at === from && bytes[at] === 35) continue;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
