/** Files that a mount covers: they take space and cannot be seen. */
import type { ByteString } from '../byte-string.ts';

export interface HiddenUnderMountFacts {
  readonly rule: 'hidden-under-mount';
  readonly mountPoint: ByteString;
  readonly coveredBy: { readonly type: string; readonly source: ByteString };
  readonly entries: number;
  /** The mount point of the filesystem they lie on. */
  readonly below: ByteString;
}
