/** Files that the kernel uses as disks: behind loop devices, and swap. No process need have them open. */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { idOfPath } from '../calls/id-of-path.ts';
import { loopImage } from './loop-image.ts';
import { readSwapFiles } from './swaps.ts';

/** A file in use as a disk. */
export interface DiskFile {
  /** As it was called when it was set up. */
  readonly path: ByteString;
  /** Undefined where the kernel does not say and the path leads nowhere here. */
  readonly id: FileId | undefined;
  /** "loop3" or "swap". */
  readonly user: string;
}

/** Files behind loop devices and swap. */
export function readDiskFiles(): DiskFile[] {
  return [...loopFiles(), ...swapFiles()];
}

function loopFiles(): DiskFile[] {
  let devices: string[];
  try {
    devices = readdirSync('/sys/block').filter((name) => name.startsWith('loop'));
  } catch {
    return [];
  }
  return devices.flatMap((user) => {
    try {
      const text = fromBytes(readFileSync(`/sys/block/${user}/loop/backing_file`));
      const path = text.replace(/\n$/u, '') as ByteString;
      return [{ path, user, id: loopImage(user) ?? idOfPath(path) }];
    } catch {
      return [];
    }
  });
}

function swapFiles(): DiskFile[] {
  return readSwapFiles().map(({ path }) => ({ path, user: 'swap', id: idOfPath(path) }));
}
