/** Generations of logs that nobody writes any more. */
import type { ByteString } from '../byte-string.ts';

export interface RotatedLogsKeptFacts {
  readonly rule: 'rotated-logs-kept';
  readonly generations: number;
  /** Logs they are generations of. */
  readonly logs: number;
  readonly directories: readonly ByteString[];
  /** Seconds since 1970 of the oldest. */
  readonly oldestAt: number;
  readonly largest: ByteString;
  readonly largestBytes: number;
  readonly uncompressed: number;
  readonly uncompressedBytes: number;
  /** The rule of logrotate for most of them. */
  readonly rotation:
    | {
        readonly configuration: ByteString;
        readonly schedule: ByteString | undefined;
        readonly keeps: number;
        readonly compresses: boolean;
      }
    | undefined;
}
