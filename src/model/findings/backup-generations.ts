/** Backups that pile up in one place, one a day or so: dumps, archives, images, directories called by their day. */
import type { ByteString } from '../byte-string.ts';

export interface BackupGenerationsFacts {
  readonly rule: 'backup-generations';
  readonly directory: ByteString;
  /** The common form of their names, `*` where they differ; of several the one that takes most. */
  readonly form: ByteString;
  /** How many forms there are: a job may make several files each time. */
  readonly forms: number;
  readonly count: number;
  /** Bytes on disk of a typical one. */
  readonly typicalBytes: number;
  /** Seconds since 1970 at which the oldest and the newest were made. */
  readonly oldestAt: number;
  readonly newestAt: number;
  /** Typical seconds from one to the next. */
  readonly everySeconds: number;
  /** Newer than that one, and far smaller: what a full disk cuts short. */
  readonly cutShort: number;
  /** The newest of the usual size: the one never to lose. */
  readonly newest: ByteString;
  /** Whether each is but what changed since one before it: without those it is worth nothing. */
  readonly isChained: boolean;
}
