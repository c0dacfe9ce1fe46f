/** What threads count together while they fill and read a list of inodes. */
import { COUNT } from './volume.ts';

/**
 * Indexes into ListedVolume.counts, which begin as COUNT does: whether somebody reads there, parts that were begun and
 * ended, chunks, the highest number that stands for a subvolume instead of an inode, blocks of names, and inodes without one.
 */
export const LIST_COUNT = {
  ...COUNT,
  wanted: 2,
  taken: 3,
  done: 4,
  chunks: 5,
  subvolume: 6,
  names: 7,
  nameless: 8,
} as const;
export const LIST_COUNTS = 9;
