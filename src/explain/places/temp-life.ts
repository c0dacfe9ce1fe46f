/** What the scan notes beside sizes where some of it is temporary, so that the judge of temporary files needs no walk of its own. */
import { isInside } from '../../model/byte-string.ts';
import { inodeParts } from '../../model/file-id.ts';
import type { LifeOptions, Root } from '../../scan/scan.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { TEMP_DIRECTORIES } from '../../tmp/roots/temp-directories.ts';

/** Undefined where nothing temporary lies below the roots: then the scan notes nothing. */
export function lifeOfTemp(roots: readonly Root[], uid: number): LifeOptions | undefined {
  const platform = process.platform === 'darwin' ? 'darwin' : 'linux';
  const within = TEMP_DIRECTORIES[platform].flatMap((path) => {
    const directory = roots.some((root) => isInside(path, root.path)) ? namedFile(path) : undefined;
    return directory?.isDirectory === true ? [inodeParts(directory.id)] : [];
  });
  // Who holds what is asked while the scan runs.
  return within.length === 0 ? undefined : { uid, held: undefined, within, keep: [] };
}
