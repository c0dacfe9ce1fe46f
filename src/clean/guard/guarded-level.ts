/** A directory of a unit that the guard is reading. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DirectoryReader } from '../../system/directories/directory-calls.ts';

/** As many levels as systemd-tmpfiles goes down; one descriptor is open for each. */
export const MOST_LEVELS = 256;

export interface GuardedLevel {
  readonly descriptor: number;
  readonly reader: DirectoryReader;
  readonly device: number;
  readonly inodeLow: number;
  readonly inodeHigh: number;
  readonly below: ByteString;
  /** It was asked whether names in it may be removed. */
  isOpenToChange: boolean;
}
