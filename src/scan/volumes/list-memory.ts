/** The memory that a list of inodes is kept in, shared by all threads. */
import { readMemory } from '../../system/machine/memory.ts';
import { CHUNK } from './inode-list.ts';
import type { ListedVolume } from './inode-list.ts';
import { LIST_COUNTS } from './list-count.ts';
import { RECORD_WORDS } from './inode-records.ts';

/** Of the memory that is available, one part in so many may be taken. */
const MEMORY_SHARE = 4;
const MOST_CHUNKS = 2 ** 28;
const MOST_WORDS = 2 ** 32 - 1;

/** What a list is kept in. */
type ListMemory = Pick<ListedVolume, 'chunks' | 'words' | 'found' | 'counts'>;

/**
 * Chunks may be half empty: there is room for that, and what finds none is asked of the kernel. Undefined where it would
 * take more memory than this machine can spare.
 * @param inodes their numbers are below. @param takenBytes by other lists.
 */
export function memoryFor(inodes: number, inodesUsed: number, takenBytes: number): ListMemory | undefined {
  const possible = Math.ceil(inodes / CHUNK);
  const wordCount = Math.min(2 * inodesUsed + 1000 * CHUNK, possible * CHUNK) * RECORD_WORDS;
  const available = readMemory()?.availableBytes ?? 0;
  if (possible > MOST_CHUNKS || wordCount > MOST_WORDS) return undefined;
  if (takenBytes + wordCount * 4 > available / MEMORY_SHARE) return undefined;
  return {
    chunks: new Uint32Array(new SharedArrayBuffer(possible * 4)),
    words: new Uint32Array(new SharedArrayBuffer(wordCount * 4)),
    found: new Int32Array(new SharedArrayBuffer(Math.ceil(wordCount / RECORD_WORDS / 32) * 4)),
    counts: new Int32Array(new SharedArrayBuffer(LIST_COUNTS * 4)),
  };
}
