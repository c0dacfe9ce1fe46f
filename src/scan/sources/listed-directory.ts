/** The directories of a subvolume, with the names that were kept when its tree was read: none of them is opened. */
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { Libc } from '../../system/calls/libc.ts';
import { btrfsHandle } from '../../system/filesystems/btrfs-tree.ts';
import { LISTED_NAME } from '../../system/filesystems/inode-lister.ts';
import { keptNames, RECORD } from '../volumes/volumes.ts';
import type { InodeList } from '../volumes/volumes.ts';
import type {
  DirectoryEntries,
  DirectoryState,
  VolumeContents,
  VolumeDirectories,
} from './volume-contents.ts';

/** What is listed with its names; undefined where names come from the directories alone. */
export function listContents(libc: Libc, list: InodeList): VolumeContents | undefined {
  const { names, listing, mountId, device, mountDescriptor, counts } = list.volume;
  if (!names || listing.type !== 'btrfs') return undefined;
  const { tree } = listing.subvolume;
  return {
    place: { mountId, device, mountDescriptor, mountParents: new Set(), counts },
    records: list,
    directories: new ListedDirectory(list, names, (inode) => btrfsHandle(libc, mountDescriptor, tree, inode)),
  };
}

class ListedDirectory implements VolumeDirectories {
  readonly bytes: Uint8Array;
  readonly entries: ListedEntries;
  readonly handle: VolumeDirectories['handle'];
  readonly #list: InodeList;
  /** What was opened is in memory: it does not change any more. */
  readonly isComplete = true;
  #isPending = false;

  constructor(list: InodeList, names: Uint8Array, handle: VolumeDirectories['handle']) {
    this.#list = list;
    this.bytes = names;
    this.entries = new ListedEntries(names);
    this.handle = handle;
  }

  open(inode: number): DirectoryState {
    const { words } = this.#list;
    const at = this.#list.find(inode);
    if (at < 0 || (words[at] & FILE_TYPE.mask) !== FILE_TYPE.directory) return 'changing';
    const names = keptNames(words, at + RECORD.size);
    if (!names) return 'changing';
    this.entries.reset(names.from, names.from + names.length);
    this.#isPending = true;
    return 'whole';
  }

  nextPiece(): boolean {
    const { entries } = this;
    const isPending = this.#isPending && entries.hasMore;
    this.#isPending = false;
    return isPending;
  }
}

class ListedEntries implements DirectoryEntries {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #next = 0;
  #end = 0;
  inode = 0;
  type = 0;
  nameStart = 0;
  nameEnd = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset);
  }

  /** Begins with the names in `[start, end)`. */
  reset(start: number, end: number): void {
    this.#next = start;
    this.#end = end;
  }

  get hasMore(): boolean {
    return this.#next < this.#end;
  }

  advance(): boolean {
    const at = this.#next;
    if (at >= this.#end) return false;
    this.inode = this.#view.getUint32(at, true);
    this.type = this.#bytes[at + LISTED_NAME.type];
    this.nameStart = at + LISTED_NAME.name;
    this.nameEnd = this.nameStart + this.#bytes[at + LISTED_NAME.length];
    this.#next = this.nameEnd;
    return true;
  }
}
