/** What a package manager downloaded and keeps. */
import type { KnownPlaceFact, PlaceAdvice } from './known-place.ts';

export interface PackageCacheFacts {
  readonly rule: 'package-cache';
  /** What one command empties is one finding. */
  readonly cache:
    | 'apt-archives'
    | 'apt-lists'
    | 'dnf'
    | 'zypper'
    | 'pacman'
    | 'aur-builds'
    | 'apk'
    | 'portage'
    | 'packagekit'
    | 'snap';
  readonly places: readonly KnownPlaceFact[];
  /** Seconds since 1970 of the latest change in any of them. */
  readonly changedAt: number;
  readonly advice: PlaceAdvice;
}
