/** A log judged while it grows: feed it each new piece, ask for the verdict at any time. Old lines are left behind. */
import type { ByteString } from '../model/byte-string.ts';
import type { LogReport } from '../model/log-report.ts';
import { LogMeter } from './reading/log-meter.ts';
import { reportOf } from './report/log-report.ts';

/** Bytes after which a new window begins; the one before is kept until the new one says enough. */
const windowBytes = 1 << 20;
const enoughLines = 400;

export class GrowingLog {
  readonly #path: ByteString;
  readonly #nowSeconds: number;
  readonly #zoneMinutes: number;
  #current: LogMeter;
  #previous: LogMeter | null = null;

  /** @param nowSeconds, zoneMinutes as for reading a file: they complete stamps without year or zone. */
  constructor(path: ByteString, nowSeconds: number, zoneMinutes: number) {
    this.#path = path;
    this.#nowSeconds = nowSeconds;
    this.#zoneMinutes = zoneMinutes;
    this.#current = new LogMeter(nowSeconds, zoneMinutes);
  }

  /** New bytes of the log, in order; pieces may end within a line. */
  feed(piece: Uint8Array): void {
    if (this.#current.bytes >= windowBytes && this.#current.lines >= enoughLines) {
      this.#current.end();
      this.#previous = this.#current;
      this.#current = new LogMeter(this.#nowSeconds, this.#zoneMinutes);
    }
    this.#current.feed(piece);
  }

  /** What the log looks like now, from its last 1–2 MiB. */
  report(topPatterns: number): LogReport {
    const meter = this.#current.lines >= enoughLines ? this.#current : (this.#previous ?? this.#current);
    return reportOf(
      this.#path,
      { meter, fileBytes: null, whole: false, headSeconds: Number.NaN, problem: null },
      topPatterns,
    );
  }
}
