/** What grew, for a process that comes after this one: the next watch of the same paths counts from where this one began. */
import type { KeptGrowth } from '../../model/kept-growth.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import type { GrowthBook } from './growth-book.ts';

const MOST_FILES = 10_000;

/** Inodes that still exist; what was written to those that are gone is not kept. */
export function keptGrowth(book: GrowthBook): KeptGrowth[] {
  const kept: KeptGrowth[] = [];
  for (const growth of book.growths()) {
    if (growth.what !== 'file') continue;
    for (const { path, id, bornAt, diskBytes, apparentBytes, writtenBytes } of growth.members)
      kept.push({
        path,
        id,
        bornAt,
        diskBytes: Math.max(0, diskBytes - writtenBytes),
        apparentBytes: Math.max(0, apparentBytes - writtenBytes),
      });
    if (kept.length >= MOST_FILES) break;
  }
  return kept;
}

/** Those of them that are still the same files. */
export function stillThere(kept: readonly KeptGrowth[], look: FileLook): KeptGrowth[] {
  return kept.filter(({ path, id, bornAt }) => {
    const found = look.entry(path);
    return found?.id === id && found.bornAt === bornAt;
  });
}
