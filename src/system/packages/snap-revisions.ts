/** Which revision of a snap is in use (snapd(8)). */
import { readlinkSync } from 'node:fs';
import { fromText, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Where snaps are mounted, with or without classic confinement. */
const MOUNT_PLACES = ['/snap', '/var/lib/snapd/snap'].map(fromText);
const CURRENT = fromText('current');

/** What the link `current` of the snap leads to, or undefined where none is in use. */
export function currentSnapRevision(snap: ByteString): string | undefined {
  for (const place of MOUNT_PLACES) {
    try {
      const target = readlinkSync(toBuffer(joinPath(joinPath(place, snap), CURRENT)));
      return target.slice(target.lastIndexOf('/') + 1);
    } catch {
      // Not here: the other place may have it.
    }
  }
  return undefined;
}
