/** Files without a name that processes still hold. */
import type { FileHolder } from '../ledger.ts';

export interface DeletedOpenFacts {
  readonly rule: 'deleted-open';
  readonly files: number;
  readonly holders: readonly FileHolder[];
  /** Seconds since 1970 of the latest write to any of them. */
  readonly lastWrittenAt: number;
  /** A program runs from one of them, or has it mapped: emptying it would kill the program. */
  readonly isMapped: boolean;
  /**
   * `last-copy`: a disk image or database that nobody else has; `scratch`: deleted on purpose by a database that uses
   * it; `log`: lines of text, at least one of them; `other`: what only its holder knows how to read.
   */
  readonly content: 'last-copy' | 'scratch' | 'log' | 'other';
}
