/** A loop device keeps its image alive although the file has no name any more: no process shows it. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';

export interface DeletedLoopImageFacts {
  readonly rule: 'deleted-loop-image';
  /** e.g. "/dev/loop3". */
  readonly device: ByteString;
  /** The name it had. */
  readonly image: ByteString;
  /** What the device offers: what the image takes at the most. */
  readonly deviceBytes: number;
  /** Where the device is mounted now; undefined where it is not. */
  readonly mountPoint: ByteString | undefined;
  /** Who has something open on it where it is mounted. */
  readonly users: readonly ProcessIdentity[];
  /** It is in use by other means: swap, device mapper. */
  readonly isUsedElsewhere: boolean;
}
