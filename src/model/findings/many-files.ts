/** Bytes in files that are too small to be named one by one and together are a cause. */
import type { ByteString } from '../byte-string.ts';
import type { NameForm } from './huge-directory.ts';
import type { ProgramPlace } from './program-place.ts';

export interface ManyFilesFacts {
  readonly rule: 'many-files';
  readonly directory: ByteString;
  readonly files: number;
  /** Directories below that they are spread over, itself included. */
  readonly directories: number;
  /** Bytes on disk of a typical one. */
  readonly typicalBytes: number;
  /** Forms of their names, `*` where they differ, with their shares of the names looked at. */
  readonly forms: readonly NameForm[];
  /** Whose they are by their place. */
  readonly place: ProgramPlace | undefined;
  /** Owners of most of those looked at. */
  readonly owner: ByteString | undefined;
  /** Seconds since 1970 of the latest change. */
  readonly changedAt: number;
  /** Bytes written within the last day. */
  readonly dayBytes: number;
}
