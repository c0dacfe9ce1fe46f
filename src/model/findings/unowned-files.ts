/** Files below /usr that no package owns. */
import type { ByteString } from '../byte-string.ts';
import type { PackageManager } from '../owners.ts';

export interface UnownedFilesFacts {
  readonly rule: 'unowned-files';
  /** Where packages only should write. */
  readonly tree: ByteString;
  readonly managers: readonly PackageManager[];
  readonly files: number;
  readonly places: readonly {
    readonly path: ByteString;
    readonly diskBytes: number;
    readonly files: number;
    /** No package knows the directory itself. */
    readonly isWhole: boolean;
    /** Seconds since 1970 of the latest change. */
    readonly changedAt: number;
  }[];
}
