/** Trouble with one path: data that makes a result incomplete, never an exception that ends the run. */
import type { ByteString } from './byte-string.ts';

export type Operation = 'open-directory' | 'read-directory' | 'stat' | 'statfs';

/** What could not be read. */
export interface Problem {
  readonly path: ByteString;
  readonly operation: Operation;
  /** The errno's name, e.g. "EACCES"; ENOENT where the entry vanished while it was being read. */
  readonly code: string;
}

/** Problems met: all are counted, the first many are listed. */
export interface Problems {
  readonly count: number;
  readonly items: readonly Problem[];
}
