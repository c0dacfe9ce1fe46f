/** What a process before this one knew of growth, made into what this one works with. */
import type { FileId } from '../../model/file-id.ts';
import type { KeptGrowth } from '../../model/kept-growth.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import { DirectoryGrowth } from './directory-growth.ts';
import { FileGrowth } from './file-growth.ts';
import type { Entry } from './entry.ts';
import { InodeMeter } from './inode-meter.ts';
import type { Member } from './tree-growth.ts';

export interface Restored {
  readonly growths: readonly Member[];
  /** Not looked at yet. */
  readonly entries: readonly Entry[];
}

/** A directory that is gone is left out; what was in it is looked for all the same. */
export function restoreGrowth({ inodes, series }: KeptGrowth, look: FileLook, now: number): Restored {
  const metered = [...inodes.values()].map((kept) => ({ kept, meter: InodeMeter.restored(kept) }));
  const members = Map.groupBy(metered, ({ kept }) => kept.series);
  const growths: Member[] = [];
  const files = new Map<FileId, FileGrowth>();
  const directories = new Map<FileId, DirectoryGrowth>();
  for (const one of series.values()) {
    const own = (members.get(one.number) ?? []).map(({ meter }) => meter);
    if (one.what === 'file') {
      const growth = FileGrowth.restored(one, own);
      if (!growth) continue;
      for (const { id } of own) files.set(id, growth);
      growths.push(growth);
    } else if (one.what === 'directory') {
      const found = look.entry(one.path);
      if (!found?.isDirectory) continue;
      const growth = DirectoryGrowth.restored(one, found.id);
      for (const { id } of own) directories.set(id, growth);
      growths.push(growth);
    }
  }
  for (const growth of growths) {
    const alarm = series.get(growth.number)?.alarm;
    if (alarm) growth.alarm.restore(alarm, now);
  }
  const entries = metered.map(({ meter }): Entry => ({
    meter,
    metAt: now,
    growth: files.get(meter.id),
    directory: directories.get(meter.id),
  }));
  return { growths, entries };
}
