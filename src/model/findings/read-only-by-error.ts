/** A filesystem that is mounted to be written and takes no writes any more, since the kernel met an error on it. */
import type { ByteString } from '../byte-string.ts';

export interface ReadOnlyByErrorFacts {
  readonly rule: 'read-only-by-error';
  readonly mountPoint: ByteString;
  readonly device: ByteString;
  /** As the mount table names it. */
  readonly type: string;
  /** It takes no reads either. */
  readonly isShutDown: boolean;
  /** What the kernel said of it last; undefined where its log does not reach back, or cannot be read. */
  readonly kernelSaid: ByteString | undefined;
}
