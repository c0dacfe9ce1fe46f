/** Which of the standard descriptors are terminals, without the streams of those that are none. */
import { fstatSync, statSync } from 'node:fs';

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;

/**
 * The stream of a standard descriptor where that is a terminal. Node takes milliseconds to make the streams of files and
 * pipes, which most runs need for one of the three at most.
 */
export function terminalAt<S extends { readonly isTTY: boolean }>(
  descriptor: number,
  stream: () => S,
): S | undefined {
  if (isNull(descriptor) || !fstatSync(descriptor).isCharacterDevice()) return undefined;
  const opened = stream();
  return opened.isTTY ? opened : undefined;
}

/** Whether a descriptor is the null device (null(4)); Node puts it in the place of a stream that was closed. */
export function isNull(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).rdev === statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}
