/** Where the files lie that processes hold, so that one can ask whether anything below a directory is in use. */
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { heldPath } from '../../system/processes/open-files.ts';
import type { Facts } from '../facts.ts';

export interface HeldPath {
  readonly path: ByteString;
  readonly pid: number;
}

/**
 * Held files on the filesystem of `file`, by the paths their holders see: a link of /proc is read for each, so ask
 * once, and only for filesystems that matter.
 */
export function heldPathsBeside(file: FileId, { openFiles }: Facts): HeldPath[] {
  const device = deviceOf(file);
  const held: HeldPath[] = [];
  for (const one of openFiles.files.values()) {
    if (one.links === 0 || deviceOf(one.id) !== device) continue;
    const path = heldPath(one);
    if (path !== undefined) held.push({ path, pid: one.holds[0].pid });
  }
  return held;
}
