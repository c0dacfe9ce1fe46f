/** What recently active files hold when the watch begins, so that growth is counted from there and not from the first event. */
import type { ByteString } from '../../model/byte-string.ts';
import { joinPath } from '../../model/byte-string.ts';
import { createDirectorySteps, readDirectory } from '../../system/directories/directory-steps.ts';
import type { FileLook, LookedAt } from '../../system/files/file-look.ts';
import type { DirectoryIndex } from '../events/events.ts';

const MOST_FILES = 20_000;
const WEEK_SECONDS = 7 * 86_400;

/** @param directories the likeliest first. */
export function lookAtRecentFiles(
  index: DirectoryIndex,
  directories: readonly number[],
  look: FileLook,
  nowSeconds: number,
  onFile: (path: ByteString, file: LookedAt) => void,
): void {
  const steps = createDirectorySteps();
  let entries = 0;
  for (const directory of directories) {
    const path = index.path(directory);
    if (entries >= MOST_FILES) break;
    readDirectory(steps, path, MOST_FILES - entries, (name, isDirectory, changedAt) => {
      entries++;
      if (isDirectory || changedAt < nowSeconds - WEEK_SECONDS) return;
      const full = joinPath(path, name());
      const file = look.entry(full);
      if (file?.isRegular) onFile(full, file);
    });
  }
}
