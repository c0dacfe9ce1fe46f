/** The paths that a pattern names now, component by component, links followed on the way as a shell does. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from './directory-names.ts';

/** A component of a path: a plain name, or a test for names. */
export type PathPart = ByteString | ((name: ByteString) => boolean);

/** Paths below `above` that are there, or would be: a plain name in the pattern is not looked for. */
export function pathsFitting(parts: readonly PathPart[], above = '/' as ByteString): ByteString[] {
  let paths = [above];
  for (const part of parts) {
    paths = paths.flatMap((path) => {
      if (typeof part === 'string') return [joinPath(path, part)];
      return directoryNames(path)
        .filter(part)
        .map((name) => joinPath(path, name));
    });
  }
  return paths;
}
