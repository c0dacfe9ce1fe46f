/** Finds a renamed file among those beside its old name: that is where rotations put them. */
import { joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { createDirectorySteps, readDirectory } from '../../system/directories/directory-steps.ts';
import type { FileLook } from '../../system/files/file-look.ts';

/** Larger directories take too long to be searched. */
const MOST_ENTRIES = 5000;
/** Only what changed as lately can have been renamed just now; on some filesystems renaming changes nothing of the file. */
const RECENT_SECONDS = 3600;

/** Undefined where it is not there, or the directory is too large. */
export function findSibling(look: FileLook, id: FileId, last: ByteString): ByteString | undefined {
  const directory = parentPath(last);
  let newest = 0;
  const names: { readonly name: ByteString; readonly changedAt: number }[] = [];
  readDirectory(createDirectorySteps(), directory, MOST_ENTRIES, (name, isDirectory, changedAt) => {
    if (isDirectory) return;
    newest = Math.max(newest, changedAt);
    names.push({ name: name(), changedAt });
  });
  for (const { name, changedAt } of names) {
    if (changedAt < newest - RECENT_SECONDS) continue;
    const path = joinPath(directory, name);
    if (look.entry(path)?.id === id) return path;
  }
  return undefined;
}
