/** A path that a scan starts from. */
import type { Stats } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';

/** A path to scan, with every symbolic link resolved. */
export interface Root {
  readonly path: ByteString;
  readonly stat: Stats;
  /** Undefined where there is no mount table. */
  readonly mount: Mount | undefined;
  /** What is scanned, whatever its path leads to meanwhile; undefined where the path is opened when its turn comes. */
  readonly descriptor?: number | undefined;
}
