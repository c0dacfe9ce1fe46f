/** A filesystem that runs out of inodes. */
import type { ByteString } from '../byte-string.ts';

export interface InodesExhaustedFacts {
  readonly rule: 'inodes-exhausted';
  readonly mountPoint: ByteString;
  readonly inodes: number;
  readonly inodesUsed: number;
  readonly availableBytes: number;
  /** Directories that hold the most entries with all that is below them, none inside another; the fullest first. */
  readonly crowded: readonly { readonly path: ByteString; readonly files: number }[];
  /** What deletes PHP's sessions, where one of them holds these. */
  readonly sessionCleaner: 'timer' | 'timer-off' | 'cron' | 'cron-not-running' | 'php-itself' | undefined;
  /** Only a part of the filesystem was looked at. */
  readonly isPart: boolean;
}
