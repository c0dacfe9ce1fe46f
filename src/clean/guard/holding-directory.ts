/** Opens the directory that holds a unit: from where it was judged, step by step, following nothing. */
import { baseName, components, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { IDENTITY_WORD, entryIdentity } from '../../model/entry-digest.ts';
import type { FileId } from '../../model/file-id.ts';
import { isExchangeable } from '../../system/directories/anchors.ts';
import type { Anchors } from '../../system/directories/anchors.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { changed, kernelSaid } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface HoldingDirectory extends Disposable {
  readonly descriptor: number;
  /** Name of the unit in it. */
  readonly name: ByteString;
  /** The unit. */
  readonly path: ByteString;
  /** The mount it is seen through. */
  readonly mountId: number;
  readonly inodeLow: number;
  readonly inodeHigh: number;
  readonly uid: number;
  /** st_mode. */
  readonly mode: number;
  /** The directories above the unit, "/" first, as far as they were walked through. */
  readonly above: readonly FileId[];
}

/** What a unit is looked for with. */
interface Finder {
  readonly calls: DirectoryCalls;
  readonly ownUid: number;
  /** Directories that were opened for the judge. */
  readonly anchors?: Anchors | undefined;
}

/**
 * The open directory above `path`, or why there is none. Refuses a step from a directory that belongs to somebody
 * else into one of a third owner: whoever owns the first could exchange the second (systemd's CHASE_SAFE).
 * @param expected what the directory was when the unit was judged; undefined where anything will do.
 */
export function openHoldingDirectory(
  { calls, ownUid, anchors }: Finder,
  path: ByteString,
  expected: FileId | undefined,
): HoldingDirectory | Refusal {
  if (!path.startsWith('/') || components(path).some((part) => part === '.' || part === '..'))
    return changed('relative-path');
  const goal = parentPath(path);
  const anchor = anchors?.nearest(goal);
  if (anchor?.isExchangeable) return changed('directory-above-exchangeable');
  const start = anchor ? calls.openStep(anchor.descriptor, '.' as ByteString) : calls.openRoot();
  if (start < 0) return kernelSaid(calls.failure, anchor ? 'open-directory-above' : 'open-root');
  const walk = new Descent(calls, start, ownUid, anchor?.above ?? []);
  const refusal = walk.go(components(goal.slice(anchor?.path.length ?? 0) as ByteString));
  const { words, mountId } = calls.look;
  const isIt = refusal === undefined && (expected ?? entryIdentity(words).id) === entryIdentity(words).id;
  if (!isIt) {
    calls.close(walk.descriptor);
    return refusal ?? changed('directory-above-exchanged');
  }
  const { descriptor } = walk;
  return {
    descriptor,
    name: baseName(path),
    path,
    mountId,
    inodeLow: words[IDENTITY_WORD.inodeLow],
    inodeHigh: words[IDENTITY_WORD.inodeHigh],
    uid: words[IDENTITY_WORD.uid],
    mode: words[IDENTITY_WORD.mode],
    above: walk.above,
    [Symbol.dispose]: () => calls.close(descriptor),
  };
}

/** A walk downwards that keeps one directory open at a time. */
class Descent {
  readonly #calls: DirectoryCalls;
  readonly #ownUid: number;
  readonly above: FileId[];
  descriptor: number;

  constructor(calls: DirectoryCalls, start: number, ownUid: number, above: readonly FileId[]) {
    this.#calls = calls;
    this.#ownUid = ownUid;
    this.above = [...above];
    this.descriptor = start;
  }

  /** Why it cannot go on; undefined where it is there, and the directory is what `calls` looked at last. */
  go(steps: readonly ByteString[]): Refusal | undefined {
    const calls = this.#calls;
    if (!this.#look()) return kernelSaid(calls.failure, 'read-directory-above');
    for (const step of steps) {
      const ownerAbove = calls.look.words[IDENTITY_WORD.uid];
      const next = calls.openStep(this.descriptor, step);
      if (next < 0) return unreachable(calls.failure);
      calls.close(this.descriptor);
      this.descriptor = next;
      if (!this.#look()) return kernelSaid(calls.failure, 'read-directory-above');
      if (isExchangeable(ownerAbove, calls.look.words[IDENTITY_WORD.uid], this.#ownUid))
        return changed('directory-above-exchangeable');
    }
    return undefined;
  }

  #look(): boolean {
    if (!this.#calls.lookAtDescriptor(this.descriptor)) return false;
    this.above.push(entryIdentity(this.#calls.look.words).id);
    return true;
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
