/** Inodes without a name that were met while all were listed: somebody still holds them. Kept where all threads see them. */
import type { Orphan } from '../../model/ledger.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { LIST_COUNT } from './list-count.ts';

/** More are a matter of their own: whoever needs them lists them. */
const MOST = 1024;
/** Inode, blocks of 512 bytes, size. */
const COLUMNS = 3;

export function namelessMemory(): Float64Array {
  return new Float64Array(new SharedArrayBuffer(MOST * COLUMNS * 8));
}

/** Notes one. @param counts LIST_COUNT. */
export function noteNameless(
  memory: Float64Array,
  counts: Int32Array,
  { inode, blocks, size }: { readonly inode: number; readonly blocks: number; readonly size: number },
): void {
  const number = Atomics.add(counts, LIST_COUNT.nameless, 1);
  if (number < MOST) memory.set([inode, blocks, size], number * COLUMNS);
}

/** All that were noted, once nobody lists any more; undefined where there was no room for all. */
export function namelessInodes(memory: Float64Array, counts: Int32Array): Orphan[] | undefined {
  const count = counts[LIST_COUNT.nameless];
  if (count > MOST) return undefined;
  return Array.from({ length: count }, (_, number) => {
    const [inode, blocks, size] = memory.subarray(number * COLUMNS, (number + 1) * COLUMNS);
    return { inode, diskBytes: blocks * BLOCK_BYTES, apparentBytes: size };
  });
}
