/** Reads one directory into a listing: files with figures of their own, directories to be filled in from the tree. */
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileId } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { listDirectory } from '../../system/directories/entry-list.ts';
import type { ListedEntry } from '../../system/directories/entry-list.ts';
import { ListingBuilder, ROW_FLAG, ROW_KIND } from '../listing/listing.ts';
import type { ListedRow, Listing } from '../listing/listing.ts';

const HIGH_WORD = 2 ** 32;
/** Entries between two calls of `onRead`. */
const TOLD_EVERY = 20_000;

export interface ReadDirectory {
  readonly listing: Listing;
  /** The errno's name where it could not be read to its end. */
  readonly trouble: string | undefined;
}

/** @param held what processes hold: deleting it frees nothing yet. */
export function readDirectory(
  path: ByteString,
  held: { readonly has: (id: FileId) => boolean },
  onRead: (entries: number) => void,
): ReadDirectory {
  const builder = new ListingBuilder();
  const trouble = listDirectory(path, (entry) => {
    const { nameBytes, nameStart, nameEnd } = entry;
    builder.add(fromBytes(nameBytes, nameStart, nameEnd), rowOf(entry, held));
    if (builder.count % TOLD_EVERY === 0) onRead(builder.count);
  });
  return { listing: builder.listing(), trouble };
}

function rowOf(entry: ListedEntry, held: { readonly has: (id: FileId) => boolean }): ListedRow {
  const { mode, links, diskBytes, sizeBytes, modifiedAt, device, inodeHigh, inodeLow } = entry;
  const kind = kindOf(mode);
  const isDirectory = kind === ROW_KIND.outside;
  const isHeld = !isDirectory && held.has(fileId(device, inodeHigh, inodeLow));
  const isLinked = !isDirectory && links > 1;
  return {
    kind,
    flags:
      (mode === 0 ? ROW_FLAG.incomplete : 0) |
      (isLinked ? ROW_FLAG.linked : 0) |
      (isHeld ? ROW_FLAG.held : 0),
    diskBytes: isDirectory ? 0 : diskBytes,
    apparentBytes: kind === ROW_KIND.file || kind === ROW_KIND.symlink ? sizeBytes : 0,
    freeableBytes: isDirectory || isLinked || isHeld ? 0 : diskBytes,
    newest: mode === 0 ? -Infinity : modifiedAt,
    inode: mode === 0 ? 0 : inodeHigh * HIGH_WORD + inodeLow,
  };
}

/** A directory is outside until the tree says that it knows it. */
function kindOf(mode: number): number {
  switch (mode & FILE_TYPE.mask) {
    case FILE_TYPE.directory:
      return ROW_KIND.outside;
    case FILE_TYPE.regular:
      return ROW_KIND.file;
    case FILE_TYPE.symlink:
      return ROW_KIND.symlink;
    default:
      return ROW_KIND.special;
  }
}
