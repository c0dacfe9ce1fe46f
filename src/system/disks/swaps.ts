/** Files that are swap space: those in use, and what a file's first page says. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { readFileStart } from '../files/file-start.ts';
import { unescapeOctal } from '../calls/octal-escapes.ts';

export interface SwapFile {
  readonly path: ByteString;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

const KIBIBYTE = 1024;

/** Swap files in use (proc_swaps(5)); partitions are left out. None where there is no /proc. */
export function readSwapFiles(): SwapFile[] {
  let table: ByteString;
  try {
    table = fromBytes(readFileSync('/proc/swaps'));
  } catch {
    return [];
  }
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [path = '', type, size, used] = line.split(/\s+/u);
      if (type !== 'file') return [];
      const totalBytes = Number(size) * KIBIBYTE;
      return [{ path: unescapeOctal(path), totalBytes, usedBytes: Number(used) * KIBIBYTE }];
    });
}

/** The signature ends the first page (mkswap(8)), which is 4, 16 or 64 KiB long. */
const SIGNATURE = 'SWAPSPACE2';
const PAGES = [4096, 16_384, 65_536];

/** Whether mkswap(8) made the file swap space. */
export function isSwapFile(path: ByteString): boolean {
  const start = readFileStart(path, PAGES.at(-1)!);
  return PAGES.some((page) => start?.slice(page - SIGNATURE.length, page) === SIGNATURE);
}

/** Whether fstab(5) names the file as swap, so that the next start uses it. */
export function isInFstab(path: ByteString): boolean {
  try {
    return fromBytes(readFileSync('/etc/fstab'))
      .split('\n')
      .some((line) => {
        const [source = '', , type] = line.trim().split(/\s+/u);
        return type === 'swap' && unescapeOctal(source) === path;
      });
  } catch {
    return false;
  }
}
