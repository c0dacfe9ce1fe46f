/** A directory that is a program's by its place in the file hierarchy, whatever lies there. */
import type { ByteString } from '../byte-string.ts';

export interface ProgramPlace {
  /** The directory, e.g. /var/spool/rsyslog. */
  readonly path: ByteString;
  /** What the program is called there. */
  readonly program: ByteString;
  /**
   * What lies in such places: `state` that the program needs, a `spool` of what still waits to be sent or processed, a
   * `cache`, `logs`, or anything that is the program's `own`.
   */
  readonly use: 'state' | 'spool' | 'cache' | 'logs' | 'own';
}
