/** Whether anything in a tree changed since a moment. Links are not followed. */
import { lstatSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** File times are taken from the kernel's coarse clock, which is behind by up to a tick (10 ms at 100 Hz). */
const TICK_SECONDS = 0.01;

/**
 * Whether anything came, went or was written to, by the ctime of a directory and of all below it; true where some of it
 * cannot be looked at.
 * @param since seconds since 1970.
 */
export function changedSince(directory: ByteString, since: number): boolean {
  return some(directory, ({ ctimeMs }) => ctimeMs / 1000 >= since - TICK_SECONDS);
}

/**
 * Whether a file, or one in a directory, was written to, by mtime: what links to it or is unlinked in it does not count, nor
 * do times that lie ahead. True where some of it cannot be looked at.
 * @param since seconds since 1970. @param now the same.
 */
export function writtenSince(path: ByteString, since: number, now: number): boolean {
  return some(
    path,
    (stat) => !stat.isDirectory() && stat.mtimeMs / 1000 > since && stat.mtimeMs / 1000 <= now,
  );
}

function some(top: ByteString, is: (stat: Stats) => boolean): boolean {
  const left = [top];
  try {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const stat = lstatSync(toBuffer(path));
      if (is(stat)) return true;
      if (!stat.isDirectory()) continue;
      for (const name of readdirSync(toBuffer(path), 'latin1')) left.push(joinPath(path, name as ByteString));
    }
    return false;
  } catch {
    return true;
  }
}
