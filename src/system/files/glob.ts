/** Expands glob patterns on the filesystem: the one importer of fast-glob. */
import { createRequire } from 'node:module';
import type FastGlob from 'fast-glob';
import { fromText, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/**
 * The paths below `root` that `pattern` fits, sorted; empty where there are none. Symbolic links are not followed and
 * unreadable directories are passed over. Names that are not valid UTF-8 are not found: patterns are text.
 */
export function expandGlob(
  root: ByteString,
  pattern: string,
  kind: 'directory' | 'file' | 'any',
): ByteString[] {
  if (isUnanswered(root)) return [];
  // Loaded where there is something to expand only.
  const fastGlob = createRequire(import.meta.url)('fast-glob') as typeof FastGlob;
  return fastGlob
    .sync(pattern, {
      cwd: toText(root),
      dot: true,
      followSymbolicLinks: false,
      suppressErrors: true,
      onlyDirectories: kind === 'directory',
      onlyFiles: kind === 'file',
    })
    .map((path) => joinPath(root, fromText(path)))
    .toSorted();
}
