/** What the book of growth asks of others, and what it tells them. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { FileGrowth } from './file-growth.ts';
import type { RegisterHooks } from './growth-register.ts';

/** What happened to a file that grows. */
type Turn = 'rotated' | 'truncated' | 'deleted-open';

export interface BookHooks extends RegisterHooks {
  /** Where a file is called now; undefined where that cannot be told or it has no name. */
  readonly locate: (id: FileId, lastPath: ByteString) => ByteString | undefined;
  /** A link of /proc to a file without a name; undefined where nobody (that can be seen) holds it. */
  readonly descriptorOf: (id: FileId) => ByteString | undefined;
  /** It grew while an earlier process watched it, and is gone now: nobody saw what was written to it at last. */
  readonly onGoneUnseen: (path: ByteString) => void;
  readonly onDirectory: (path: ByteString) => void;
  readonly onTurn: (growth: FileGrowth, turn: Turn) => void;
}
