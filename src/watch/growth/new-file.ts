/** A file that appeared while watched, and whether such files stay: what is made and deleted at once fills nothing. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { FileLook } from '../../system/files/file-look.ts';

export interface NewFile {
  readonly path: ByteString;
  readonly id: FileId;
  /** As LookedAt has it. */
  readonly bornAt: number;
}

/** New files of which fewer stay do not fill anything. */
const STAYING_SHARE = 0.5;

/**
 * Looks at them again. A name that leads to another file is no file that stayed: names come back, and so do inode numbers,
 * times of birth do not.
 */
export function mostStay(files: readonly NewFile[], look: FileLook): boolean {
  const there = files.filter(({ path, id, bornAt }) => {
    const now = look.entry(path);
    return now?.id === id && now.bornAt === bornAt;
  });
  return there.length >= files.length * STAYING_SHARE;
}
