/** Brings what was read of a directory together with what the tree knows of the directories in it. */
import { ListingBuilder, nameAt, ROW_FLAG, ROW_KIND } from '../listing/listing.ts';
import type { Listing } from '../listing/listing.ts';
import type { RecordedFile } from './messages.ts';
import type { Child, Figures, Level } from '../trees/trees.ts';

/** `read` with the tree's figures in the rows of directories; `read` itself stays as it is. */
export function fillLevel(read: Listing, { children }: Pick<Level, 'children'>): Listing {
  const filled: Listing = {
    ...read,
    kind: read.kind.slice(),
    flags: read.flags.slice(),
    directory: read.directory.slice(),
    diskBytes: read.diskBytes.slice(),
    apparentBytes: read.apparentBytes.slice(),
    freeableBytes: read.freeableBytes.slice(),
    entries: read.entries.slice(),
    newest: read.newest.slice(),
  };
  for (let row = 0; row < read.count; row++) {
    if (read.kind[row] !== ROW_KIND.outside) continue;
    const child = children.get(nameAt(read, row));
    if (child) fillRow(filled, row, child);
  }
  return filled;
}

/** The directories that the tree knows and the files that were written down, where nothing is read from the disk. */
export function listingOfLevel(
  { children }: Pick<Level, 'children'>,
  files: readonly RecordedFile[],
): Listing {
  const builder = new ListingBuilder();
  for (const { name, links, diskBytes, apparentBytes, modifiedAt } of files)
    builder.add(name, {
      kind: ROW_KIND.file,
      flags: links > 1 ? ROW_FLAG.linked : 0,
      diskBytes,
      apparentBytes,
      freeableBytes: links > 1 ? 0 : diskBytes,
      newest: modifiedAt,
      inode: 0,
    });
  for (const name of children.keys()) builder.add(name, BLANK_ROW);
  return fillLevel(builder.listing(), { children });
}

const BLANK_ROW = {
  kind: ROW_KIND.outside,
  flags: 0,
  diskBytes: 0,
  apparentBytes: 0,
  freeableBytes: 0,
  newest: -Infinity,
  inode: 0,
};

function fillRow(listing: Listing, row: number, { directory, figures }: Child): void {
  listing.kind[row] = ROW_KIND.directory;
  listing.directory[row] = directory;
  listing.flags[row] = flagsOf(figures);
  listing.diskBytes[row] = figures.diskBytes;
  listing.apparentBytes[row] = figures.apparentBytes;
  listing.freeableBytes[row] = figures.freeableBytes;
  listing.entries[row] = figures.entries;
  listing.newest[row] = figures.newest;
}

function flagsOf({ complete, changed }: Figures): number {
  return (complete ? 0 : ROW_FLAG.incomplete) | (changed ? ROW_FLAG.changed : 0);
}
