/**
 * Reading and removing relative to open directories, never by path: what deletion is made of. Two ways to do it:
 * libc's *at calls, and node:fs through /proc/self/fd. Where neither works there is no safe way.
 */
import type { ByteString } from '../../model/byte-string.ts';

/** What the latest look at an entry told. */
export interface EntryLook {
  /** See model/entry-digest.ts; the parent's inode is left to the caller. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** The mount it is seen through. */
  readonly mountId: number;
  /** Of 512 bytes. */
  readonly blocks: number;
  /** Whether chattr(1) forbids to delete it; undefined where only `isUndeletable` can tell. */
  readonly isUndeletable: boolean | undefined;
}

/** Steps through one open directory; the methods without a name act on the entry it stands at. */
export interface DirectoryReader {
  readonly nameBytes: Uint8Array;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly name: () => ByteString;
  /** False at the end, or where reading failed: then `failed` is set. */
  readonly next: () => boolean;
  readonly failed: boolean;
  /** Starts again with what is there now. */
  readonly rewind: () => void;
  readonly look: () => boolean;
  readonly openDirectory: () => number;
  readonly openEntry: () => number;
  readonly openToLock: () => number;
  readonly unlink: () => boolean;
  readonly removeDirectory: () => boolean;
  /** Gives its memory back; the descriptor stays open. */
  readonly release: () => void;
}

export type LockResult = 'locked' | 'held' | 'impossible';

/** Whether anybody but this process has a file open or mapped; `unknown` where the kernel does not say. */
export type OpenAnswer = 'free' | 'open' | 'unknown';

/**
 * Calls answer false or -1 where they fail, and `failure` names the errno. No call follows a symbolic link, and names
 * are single components.
 */
export interface DirectoryCalls {
  readonly look: EntryLook;
  readonly failure: string;
  /** "/" as a descriptor that leads on but cannot be read. */
  readonly openRoot: () => number;
  /** The working directory, the same way. */
  readonly openHere: () => number;
  /** A directory on the way, which need not be readable. */
  readonly openStep: (directory: number, name: ByteString) => number;
  /** A directory to be read; its access time stays what it was, where that is allowed. */
  readonly openDirectory: (directory: number, name: ByteString) => number;
  /** Any other entry, to lock it: without waiting, without becoming its terminal. */
  readonly openToLock: (directory: number, name: ByteString) => number;
  /** Any entry, a link too, only to look at it. */
  readonly openEntry: (directory: number, name: ByteString) => number;
  readonly lookAt: (directory: number, name: ByteString) => boolean;
  readonly lookAtDescriptor: (descriptor: number) => boolean;
  /** Where a symbolic link leads to; `look` is what `lookAt` would say of this very link. */
  readonly readLink: (directory: number, name: ByteString) => ByteString | undefined;
  /** The errno's name where entries of an open directory may not be removed: permissions, read-only, immutable. */
  readonly changeRefusal: (directory: number) => string | undefined;
  /** Asks the filesystem whether chattr(1) forbids to delete what is open (FS_IOC_GETFLAGS); false where it cannot tell. */
  readonly isUndeletable: (descriptor: number) => boolean;
  /**
   * Asks the kernel by a lease (fcntl(2)) on a regular file that `openToLock` opened.
   * @param isClosedNext closing gives the lease back as well, and spares a call.
   */
  readonly isOpenElsewhere: (descriptor: number, isClosedNext: boolean) => OpenAnswer;
  /** flock(2), exclusive and without waiting; held until the descriptor is closed. */
  readonly lock: (descriptor: number) => LockResult;
  readonly unlink: (directory: number, name: ByteString) => boolean;
  readonly removeDirectory: (directory: number, name: ByteString) => boolean;
  /** For the owner alone. EEXIST where the name is taken. */
  readonly makeDirectory: (directory: number, name: ByteString) => boolean;
  /** Never replaces what is there: EEXIST. */
  readonly rename: (from: number, name: ByteString, to: number, newName: ByteString) => boolean;
  readonly read: (descriptor: number) => DirectoryReader;
  readonly close: (descriptor: number) => void;
}
