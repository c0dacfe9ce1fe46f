/** The checksum of a block of a directory's hash index (struct dx_root, dx_node and dx_tail of fs/ext4/namei.c). */
import { crc32cOfWords } from './crc32c.ts';

/** Words of an entry, and of the tail behind the last one there is room for. */
const ENTRY_WORDS = 2;

/**
 * Whether the sum over the index block in `words[start…end)` is right.
 * @param seed what sums of its directory begin with. @param entriesAt words before its entries.
 */
export function isIndexIntact(
  words: Uint32Array,
  start: number,
  end: number,
  seed: number,
  entriesAt: number,
): boolean {
  const first = start + entriesAt;
  const limit = words[first] & 0xffff;
  const count = words[first] >>> 16;
  const tail = first + limit * ENTRY_WORDS;
  if (count > limit || tail + 2 > end) return false;
  const sum = crc32cOfWords(seed, words, start, first + count * ENTRY_WORDS);
  // The tail's first half is summed up too, its second as if it were 0.
  const rest = Uint32Array.of(words[tail], 0);
  return crc32cOfWords(sum, rest, 0, 2) === words[tail + 1];
}
