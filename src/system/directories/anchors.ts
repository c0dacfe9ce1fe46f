/**
 * Directories that were named by a path, opened once and kept: what is judged, emptied and written is reached from
 * their descriptors, and nobody can lead the path elsewhere in between.
 */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { chooseDirectoryCalls } from './choose-directory-calls.ts';
import type { DirectoryCalls } from './directory-calls.ts';
import { walkPath } from './path-walk.ts';
import type { PathStep, Way } from './path-walk.ts';

/** Anchors by the calls that work here; undefined where none do, and so nothing can be deleted. */
export function openAnchors(source: 'auto' | 'portable', ownUid: number): Anchors | undefined {
  const calls = chooseDirectoryCalls(source);
  return calls && new Anchors(calls, ownUid);
}

/** A directory that stays open. */
export interface Anchor extends PathStep {
  /** The directories it lies in, "/" first. */
  readonly above: readonly FileId[];
  /** A directory above belongs to somebody who could have put it in the place of another one. */
  readonly isExchangeable: boolean;
}

/** Each is a descriptor, of which a process may have few. */
const MOST_ANCHORS = 400;

export class Anchors implements Disposable {
  readonly #calls: DirectoryCalls;
  readonly #ownUid: number;
  readonly #anchors = new Map<ByteString, Anchor>();

  /** @param ownUid who asks: see walkPath. */
  constructor(calls: DirectoryCalls, ownUid: number) {
    this.#calls = calls;
    this.#ownUid = ownUid;
  }

  /**
   * Opens what a path leads to; throws UsageError as walkPath does. Where too many are open already, the descriptor is
   * -1, and whoever needs it walks there once more.
   */
  open(path: ByteString): Anchor {
    const way = walkPath(this.#calls, path, this.#ownUid);
    for (const { descriptor } of way.slice(0, -2)) this.#calls.close(descriptor);
    // What lies in a directory is removed through the one above it.
    if (way.length > 1) this.#keep(way.slice(0, -1));
    return this.#keep(way);
  }

  #keep(way: Way): Anchor {
    const anchor = anchorOf(way, this.#ownUid);
    const known = this.#anchors.get(anchor.path);
    const isKept = known !== undefined || this.#anchors.size < MOST_ANCHORS;
    if (known?.id === anchor.id || !isKept) this.#calls.close(anchor.descriptor);
    if (known?.id === anchor.id) return known;
    if (!isKept) return { ...anchor, descriptor: -1 };
    if (known) this.#calls.close(known.descriptor);
    this.#anchors.set(anchor.path, anchor);
    return anchor;
  }

  /** The anchor nearest above a path, or at it. */
  nearest(path: ByteString): Anchor | undefined {
    let best: Anchor | undefined;
    for (const anchor of this.#anchors.values())
      if (isInside(path, anchor.path) && (!best || anchor.path.length > best.path.length)) best = anchor;
    return best;
  }

  [Symbol.dispose](): void {
    for (const { descriptor } of this.#anchors.values()) this.#calls.close(descriptor);
    this.#anchors.clear();
  }
}

function anchorOf(way: Way, ownUid: number): Anchor {
  const here = way.at(-1)!;
  return {
    ...here,
    above: way.slice(0, -1).map(({ id }) => id),
    isExchangeable: way.some((step, i) => i > 0 && isExchangeable(way[i - 1].uid, step.uid, ownUid)),
  };
}

/**
 * Whether the owner of a directory could put another directory of `owner` in the place of the one below it, without
 * being root, the caller, or that owner (systemd's CHASE_SAFE).
 */
export function isExchangeable(ownerAbove: number, owner: number, ownUid: number): boolean {
  return ownerAbove !== 0 && ownerAbove !== ownUid && owner !== ownerAbove;
}
