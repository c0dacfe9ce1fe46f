/** What recently active files held when the watch began, so that growth is counted from there and not from the first event. */
import type { FileId } from '../../model/file-id.ts';
import { joinPath } from '../../model/byte-string.ts';
import { createDirectorySteps, readDirectory } from '../../system/directories/directory-steps.ts';
import type { FileLook } from '../../system/files/file-look.ts';
import type { DirectoryIndex } from '../events/events.ts';
import type { Baseline } from './inode-meter.ts';

const MOST_FILES = 20_000;
const WEEK_SECONDS = 7 * 86_400;

export type Baselines = ReadonlyMap<FileId, Baseline>;

/** @param directories the likeliest first. */
export function readBaselines(
  index: DirectoryIndex,
  directories: readonly number[],
  look: FileLook,
  nowSeconds: number,
): Baselines {
  const baselines = new Map<FileId, Baseline>();
  const steps = createDirectorySteps();
  let entries = 0;
  for (const directory of directories) {
    const path = index.path(directory);
    if (entries >= MOST_FILES) break;
    readDirectory(steps, path, MOST_FILES - entries, (name, isDirectory, changedAt) => {
      entries++;
      if (isDirectory || changedAt < nowSeconds - WEEK_SECONDS) return;
      const file = look.entry(joinPath(path, name()));
      if (!file?.isRegular) return;
      baselines.set(file.id, { diskBytes: file.diskBytes, apparentBytes: file.apparentBytes });
    });
  }
  return baselines;
}
