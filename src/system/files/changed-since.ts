/** Whether anything in a tree came, went or was written to since a moment. */
import { lstatSync, readdirSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** File times are taken from the kernel's coarse clock, which is behind by up to a tick (10 ms at 100 Hz). */
const TICK_SECONDS = 0.01;

/**
 * By the ctime of a directory and of all below it; true where some of it cannot be looked at. Links are not followed.
 * @param since seconds since 1970.
 */
export function changedSince(directory: ByteString, since: number): boolean {
  const left = [directory];
  try {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const stat = lstatSync(toBuffer(path));
      if (stat.ctimeMs / 1000 >= since - TICK_SECONDS) return true;
      if (!stat.isDirectory()) continue;
      for (const name of readdirSync(toBuffer(path), 'latin1')) left.push(joinPath(path, name as ByteString));
    }
    return false;
  } catch {
    return true;
  }
}
