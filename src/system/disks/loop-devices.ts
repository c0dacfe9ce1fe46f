/** Loop devices and what stands behind them (loop(4), sysfs). */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBytes, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface LoopDevice {
  /** e.g. "/dev/loop3". */
  readonly device: ByteString;
  /** As the kernel shows it, without what it adds for a deleted one. */
  readonly backingFile: ByteString;
  readonly isDeleted: boolean;
  readonly bytes: number;
  /** Something is stacked on it: device mapper, md. */
  readonly hasHolders: boolean;
  /** "major:minor" */
  readonly number: string;
}

/** Attached ones; none where there is no sysfs. */
export function readLoopDevices(): LoopDevice[] {
  return names('/sys/block')
    .filter((name) => name.startsWith('loop'))
    .flatMap((name) => {
      const directory = `/sys/block/${name}`;
      const file = read(`${directory}/loop/backing_file`)?.replace(/\n$/u, '');
      if (file === undefined) return [];
      return {
        device: fromText(`/dev/${name}`),
        backingFile: file.replace(DELETED, '') as ByteString,
        isDeleted: DELETED.test(file),
        bytes: Number(read(`${directory}/size`) ?? 0) * SECTOR_BYTES,
        hasHolders: names(`${directory}/holders`).length > 0,
        number: (read(`${directory}/dev`) ?? '').trim(),
      };
    });
}

/** d_path() of the kernel marks what has no name any more. */
const DELETED = / \(deleted\)$/u;
/** sysfs counts in 512 bytes whatever the device's own sectors are. */
const SECTOR_BYTES = 512;

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(path: string): ByteString | undefined {
  try {
    return fromBytes(readFileSync(path));
  } catch {
    return undefined;
  }
}
