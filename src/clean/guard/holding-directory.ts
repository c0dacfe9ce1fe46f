/** Opens the directory that holds a unit, step by step from the root directory, following nothing. */
import { baseName, components, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD, entryIdentity } from '../../model/entry-digest.ts';
import type { FileId } from '../../model/file-id.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { changed, kernelSaid } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface HoldingDirectory extends Disposable {
  readonly descriptor: number;
  /** Name of the unit in it. */
  readonly name: ByteString;
  /** The mount it is seen through. */
  readonly mountId: number;
  readonly inodeLow: number;
  readonly inodeHigh: number;
}

/**
 * The open directory above `path`, or why there is none. Refuses a step from a directory that belongs to somebody
 * else into one of a third owner: whoever owns the first could exchange the second (systemd's CHASE_SAFE).
 * @param expected what the directory was when the unit was judged.
 */
export function openHoldingDirectory(
  calls: DirectoryCalls,
  path: ByteString,
  expected: FileId,
  ownUid: number,
): HoldingDirectory | Refusal {
  if (!path.startsWith('/') || components(path).some((part) => part === '.' || part === '..'))
    return changed('relative-path');
  let descriptor = calls.openRoot();
  if (descriptor < 0) return kernelSaid(calls.failure, 'open-root');
  let kept = false;
  try {
    if (!calls.lookAtDescriptor(descriptor)) return kernelSaid(calls.failure, 'open-root');
    for (const step of components(parentPath(path))) {
      const ownerAbove = calls.look.words[IDENTITY_WORD.uid];
      const next = calls.openStep(descriptor, step);
      if (next < 0) return unreachable(calls.failure);
      calls.close(descriptor);
      descriptor = next;
      if (!calls.lookAtDescriptor(descriptor)) return kernelSaid(calls.failure, 'read-directory-above');
      const owner = calls.look.words[IDENTITY_WORD.uid];
      if (ownerAbove !== 0 && ownerAbove !== ownUid && owner !== ownerAbove)
        return changed('directory-above-exchangeable');
    }
    const { words, mountId } = calls.look;
    if (entryIdentity(words).id !== expected) return changed('directory-above-exchanged');
    kept = true;
    return {
      descriptor,
      name: baseName(path),
      mountId,
      inodeLow: words[IDENTITY_WORD.inodeLow],
      inodeHigh: words[IDENTITY_WORD.inodeHigh],
      [Symbol.dispose]: () => calls.close(descriptor),
    };
  } finally {
    if (!kept) calls.close(descriptor);
  }
}

/** A link in the place of a directory is ELOOP, or ENOTDIR. */
function unreachable(code: string): Refusal {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP'
    ? changed('directory-above-gone')
    : kernelSaid(code, 'open-directory-above');
}

/** Whether `openHoldingDirectory` found the directory. */
export function isHoldingDirectory(place: HoldingDirectory | Refusal): place is HoldingDirectory {
  return 'descriptor' in place;
}
