/**
 * The streaming heart: bytes in, templates, rhythm and rate out, in memory that depends on neither length nor content.
 * Feed it the tail of a file, a whole file in chunks, or each new piece as a watched log grows.
 */
import { Continuation, messageStart } from '../lines/continuation.ts';
import type { Order } from '../times/date-order.ts';
import { Envelope } from '../lines/envelope.ts';
import { LineSplitter } from '../lines/line-splitter.ts';
import { LineTokens, maxLineBytes } from '../lines/line-tokens.ts';
import type { LogView } from './log-view.ts';
import { RateHistory } from '../times/rate-history.ts';
import { RecentSequence } from '../patterns/recent-sequence.ts';
import { type RepeatMarker, repeatMarker } from '../lines/repeat-marker.ts';
import { StampReader } from '../times/stamp.ts';
import type { Region, Template } from '../patterns/template.ts';
import { TemplateTree } from '../patterns/template-tree.ts';

const maxTemplates = 1000;
/** Stands in the sequence for lines that no template follows. */
const unfollowed = -1;
/** How far into a line its stamp is looked for; JSON may put it last. */
const stampWithin = 128;
const stampWithinJson = 1024;

export class LogMeter {
  readonly tree: TemplateTree = new TemplateTree(maxTemplates);
  readonly sequence: RecentSequence = new RecentSequence();
  readonly rate: RateHistory = new RateHistory();
  /** Lines read, blank ones too. */
  lines = 0;
  /** The same with repeat markers weighed in: what shares are shares of. */
  weight = 0;
  /** Records: lines with what is joined to them. */
  records = 0;
  stamped = 0;
  bytes = 0;
  /** The caller's time when the reading began. */
  readonly nowSeconds: number;
  readonly #splitter = new LineSplitter((bytes, from, to) => this.#line(bytes, from, to));
  readonly #tokens = new LineTokens();
  readonly #envelope = new Envelope();
  readonly #continuation = new Continuation();
  readonly #stamps: StampReader;
  readonly #outerStamps: StampReader;
  readonly #scratch = Buffer.allocUnsafe(2 * maxLineBytes);
  #seconds = Number.NaN;
  #last: Template | null = null;

  /** @param nowSeconds the caller's time, for stamps without a year. @param zoneMinutes east of UTC, for those without a zone. @param dates as for a StampReader. */
  constructor(nowSeconds: number, zoneMinutes: number, dates: Order | null = null) {
    this.nowSeconds = nowSeconds;
    this.#stamps = new StampReader(nowSeconds, zoneMinutes, dates);
    this.#outerStamps = new StampReader(nowSeconds, zoneMinutes);
  }

  /** Bytes of NUL in holes (see LineSplitter). */
  get holeBytes(): number {
    return this.#splitter.holeBytes;
  }

  /** All that was read, as verdicts are built on it. */
  view(): LogView {
    const { lines, weight, records, rate } = this;
    const isTimed = this.stamped > 0 && !Number.isNaN(rate.first);
    return {
      templates: this.tree.templates,
      sequence: this.sequence.toArray(),
      lines,
      weight,
      records,
      spanSeconds: isTimed ? rate.last - rate.first : null,
    };
  }

  /** More of the log; it may end in the middle of a line. */
  feed(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.#splitter.feed(chunk);
  }

  /** No more will come: the last line counts even without a newline. */
  end(): void {
    this.#splitter.end();
  }

  #line(bytes: Uint8Array, from: number, to: number): void {
    this.lines++;
    this.weight++;
    const envelope = this.#envelope;
    envelope.open(bytes, from, Math.min(to, from + 16 * maxLineBytes));
    this.#message(envelope.bytes, envelope.from, Math.min(envelope.to, envelope.from + maxLineBytes));
  }

  #message(bytes: Uint8Array, from: number, to: number): void {
    const stamps = this.#stamps;
    const found = stamps.find(bytes, from, to, from + (bytes[from] === 123 ? stampWithinJson : stampWithin));
    const start = found ? stamps.start : from;
    const end = found ? stamps.end : from;
    let message = found ? messageStart(bytes, from, to, start, end) : from;
    // "<13>1 …", "[", "(" before a stamp are not a message; a stamp far inside is.
    if (message > from && start > from + 8) message = from;
    const outer = this.#outerSeconds();
    const seconds = Number.isNaN(outer) ? stamps.seconds : outer;
    if (this.#continuation.continues(bytes, message, to, message > from)) {
      this.#join(bytes, message, to);
      return;
    }
    this.#record(bytes, { from, to, stampStart: start, stampEnd: end }, seconds, 1);
  }

  #record(bytes: Uint8Array, at: Region, seconds: number, weight: number): void {
    const tokens = this.#tokens;
    tokens.cut(bytes, at.from, at.to, at.stampStart, at.stampEnd);
    const template = this.tree.match(tokens, bytes, at);
    if (template !== null && template.isRepeatMarker && weight === 1) {
      const marker = repeatMarker(
        Buffer.from(bytes.buffer, bytes.byteOffset + at.from, at.to - at.from).toString('latin1'),
      );
      if (marker !== null) {
        this.#repeat(marker, bytes, at, seconds);
        return;
      }
    }
    this.weight += weight - 1;
    this.records++;
    if (seconds === seconds) {
      this.#seconds = seconds;
      this.stamped++;
      this.rate.add(seconds);
    } else if (this.#seconds === this.#seconds) this.rate.add(this.#seconds);
    this.sequence.add(template === null ? unfollowed : template.serial);
    if (template === null) this.tree.forgottenLines += weight;
    else {
      template.lastRecord = this.records;
      template.bytes += weight * (at.to - at.from);
      template.add(tokens, bytes, this.#seconds, weight);
    }
    this.#last = template;
  }

  /** "message repeated N times: [ … ]" weighs N of its inside, "last message repeated N times" N of the record before. */
  #repeat(marker: RepeatMarker, bytes: Uint8Array, at: Region, seconds: number): void {
    const times = Math.max(1, marker.times);
    if (marker.insideTo > marker.insideFrom) {
      const scratch = this.#scratch;
      const head = marker.from;
      scratch.set(bytes.subarray(at.from, at.from + head));
      scratch.set(bytes.subarray(at.from + marker.insideFrom, at.from + marker.insideTo), head);
      const to = head + marker.insideTo - marker.insideFrom;
      const inside = { from: 0, to, stampStart: at.stampStart - at.from, stampEnd: at.stampEnd - at.from };
      this.#record(scratch, inside, seconds, times);
    } else if (this.#last !== null) {
      this.weight += times - 1;
      this.#last.count += times;
      this.#last.lines += times;
    }
  }

  #join(bytes: Uint8Array, from: number, to: number): void {
    const last = this.#last;
    if (last === null) {
      this.tree.forgottenLines++;
      return;
    }
    last.lines++;
    last.bytes += to - from;
    if (this.#seconds === this.#seconds) this.rate.add(this.#seconds);
    if (last.count > 1 || to <= from) return;
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(240, to - from)).toString(
      'latin1',
    );
    if (last.tail.length < 1024) last.tail += `${line}\n`;
    if (/^\w/u.test(line)) last.lastTailLine = line;
  }

  #outerSeconds(): number {
    const envelope = this.#envelope;
    if (envelope.seconds === envelope.seconds) return envelope.seconds;
    if (envelope.timeTo <= envelope.timeFrom) return Number.NaN;
    this.#outerStamps.find(envelope.timeBytes, envelope.timeFrom, envelope.timeTo, envelope.timeFrom + 1);
    return this.#outerStamps.seconds;
  }
}
