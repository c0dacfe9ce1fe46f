/** A cache of a program, wherever the catalogue knows it. */
import type { ByteString } from '../byte-string.ts';
import type { KnownPlaceFact, PlaceAdvice } from './known-place.ts';

export interface AppCacheFacts {
  readonly rule: 'app-cache';
  readonly places: readonly KnownPlaceFact[];
  /** In whose home; undefined outside of homes. */
  readonly owner: ByteString | undefined;
  /** Seconds since 1970 of the latest change in any of them. */
  readonly changedAt: number;
  readonly advice: PlaceAdvice;
  /** Programs that own it and run now. */
  readonly running: readonly { readonly program: string; readonly pid: number }[];
  /** Where a person has to choose what goes, the largest parts of the largest place. */
  readonly largestParts: readonly { readonly name: ByteString; readonly diskBytes: number }[];
}
