/** Backups of one form that pile up in one place: dumps, archives, images, one a day or so. */
import type { ByteString } from '../byte-string.ts';

export interface BackupGenerationsFacts {
  readonly rule: 'backup-generations';
  readonly directory: ByteString;
  /** The common form of their names, `*` where they differ. */
  readonly form: ByteString;
  readonly count: number;
  /** Bytes on disk of a typical one. */
  readonly typicalBytes: number;
  /** Seconds since 1970 at which the oldest and the newest were written. */
  readonly oldestAt: number;
  readonly newestAt: number;
  /** Typical seconds from one to the next. */
  readonly everySeconds: number;
  /** The newest: the one never to lose. */
  readonly newest: ByteString;
}
