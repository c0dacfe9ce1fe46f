/** What crashes left behind. */
import type { ByteString } from '../byte-string.ts';
import type { KnownPlaceFact, PlaceAdvice } from './known-place.ts';

/** How often a program crashed. */
export interface CrashCount {
  readonly program: ByteString;
  readonly count: number;
}

export type CoreDumpsFacts = {
  readonly rule: 'core-dumps';
  /** Seconds since 1970 of the newest. */
  readonly newestAt: number;
} & (
  | {
      /** ELF core dumps wherever programs ran. */
      readonly kind: 'files';
      readonly files: number;
      readonly largest: ByteString;
      readonly largestBytes: number;
      readonly programs: readonly CrashCount[];
    }
  | {
      /** systemd-coredump's store. */
      readonly kind: 'systemd';
      readonly directory: ByteString;
      readonly programs: readonly CrashCount[];
    }
  | {
      /** Places of crash reporters that the catalogue knows. */
      readonly kind: 'places';
      readonly places: readonly KnownPlaceFact[];
      readonly areFiles: boolean;
      readonly advice: PlaceAdvice;
      /** How to look at them, in the catalogue's words. */
      readonly inspect: string | undefined;
      readonly command: string | undefined;
    }
);
