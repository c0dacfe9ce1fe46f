/** Follows one growing log through truncations and rotations and keeps its verdict: old lines first, new ones as soon as they say enough. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { LogReport } from '../../model/log-report.ts';
import { GrowingLog } from '../../logs/logs.ts';
import type { AppendedBytes } from '../../system/files/appended-bytes.ts';

/** What a log said before it was watched. */
const HISTORY_BYTES = 256 * 1024;
const BYTES_PER_SECOND = 64 * 1024;
/** Once it has been judged some times, less is enough to see it change. */
const BYTES_PER_SECOND_LATER = 16 * 1024;
/** New lines that speak for themselves. */
const ENOUGH_LINES = 200;
/** Stamps without a date are completed by the time at which a GrowingLog was made. */
const RENEWED_SECONDS = 6 * 3600;
/** A report costs milliseconds: it is made anew once a second at first, then more rarely. */
const SOON_SECONDS = 1;
const LATER_SECONDS = 5;
const SOON_REPORTS = 10;
const PATTERNS = 5;
const NEWLINE = 10;

export class LogFollower {
  readonly #path: ByteString;
  readonly #zoneMinutes: number;
  #id: FileId | undefined;
  #offset = 0;
  #readAt = 0;
  /** After a gap, what comes before the first newline is half a line. */
  #inGap = false;
  #history: GrowingLog | undefined;
  #fresh: GrowingLog;
  #freshSince: number;
  #report: LogReport | undefined;
  #reportedAt = 0;
  #reports = 0;

  constructor(path: ByteString, zoneMinutes: number, nowSeconds: number) {
    this.#path = path;
    this.#zoneMinutes = zoneMinutes;
    this.#fresh = new GrowingLog(path, nowSeconds, zoneMinutes);
    this.#freshSince = nowSeconds;
  }

  /** Where to read next: from what was read last, or as much before the end as the time since then allows. */
  wanted(nowSeconds: number): { readonly from: (id: FileId, size: number) => number; readonly most: number } {
    const most =
      this.#id === undefined
        ? HISTORY_BYTES
        : Math.min(HISTORY_BYTES, this.#bytesPerSecond() * Math.max(1, nowSeconds - this.#readAt));
    return {
      most,
      from: (id, size) => {
        // Another file under the name, or one cut short: it begins anew.
        const offset = id === this.#id && size >= this.#offset ? this.#offset : 0;
        return Math.max(offset, size - most);
      },
    };
  }

  /** Takes what was read for `wanted`. */
  take({ id, from, bytes }: AppendedBytes, nowSeconds: number): void {
    const isFirst = this.#id === undefined;
    const isNext = isFirst ? from === 0 : id === this.#id ? from <= this.#offset : from === 0;
    if (!isNext) this.#inGap = true;
    this.#id = id;
    this.#offset = from + bytes.length;
    this.#readAt = nowSeconds;
    const piece = this.#afterGap(bytes);
    if (isFirst) {
      this.#history = new GrowingLog(this.#path, nowSeconds, this.#zoneMinutes);
      this.#history.feed(piece);
      return;
    }
    if (nowSeconds - this.#freshSince > RENEWED_SECONDS) {
      this.#history = this.#fresh;
      this.#fresh = new GrowingLog(this.#path, nowSeconds, this.#zoneMinutes);
      this.#freshSince = nowSeconds;
    }
    this.#history?.feed(piece);
    this.#fresh.feed(piece);
  }

  /** As of about now; undefined before anything was read. */
  report(nowSeconds: number): LogReport | undefined {
    const every = this.#reports < SOON_REPORTS ? SOON_SECONDS : LATER_SECONDS;
    if (this.#report && nowSeconds - this.#reportedAt < every) return this.#report;
    if (this.#id === undefined) return undefined;
    this.#reports++;
    this.#reportedAt = nowSeconds;
    const fresh = this.#fresh.report(PATTERNS);
    if (fresh.lines >= ENOUGH_LINES && fresh.verdict !== 'unknown') this.#history = undefined;
    this.#report = this.#history ? this.#history.report(PATTERNS) : fresh;
    return this.#report;
  }

  #bytesPerSecond(): number {
    return this.#reports < SOON_REPORTS ? BYTES_PER_SECOND : BYTES_PER_SECOND_LATER;
  }

  #afterGap(bytes: Uint8Array): Uint8Array {
    if (!this.#inGap) return bytes;
    const newline = bytes.indexOf(NEWLINE);
    if (newline < 0) return bytes.subarray(0, 0);
    this.#inGap = false;
    return bytes.subarray(newline + 1);
  }
}
