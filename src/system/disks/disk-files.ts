/**
 * What the kernel itself holds, though no process need have it open: files behind loop devices, swap, and directories of
 * its NFS server. Device mapper, md and zram stand on block devices, so that a file under them is a loop device's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import { idOfPath } from '../calls/id-of-path.ts';
import { exportedDirectories } from './exported-directories.ts';
import { loopImage } from './loop-image.ts';
import { readSwapFiles } from './swaps.ts';

/** A file in use as a disk, or a directory in use by clients. */
export interface DiskFile {
  /** As it was called when it was set up. */
  readonly path: ByteString;
  /** Undefined where the kernel does not say and the path leads nowhere here. */
  readonly id: FileId | undefined;
  /** "loop3", "swap" or "nfsd". */
  readonly user: string;
}

/** All of them. */
export function readDiskFiles(): DiskFile[] {
  return [...loopFiles(), ...swapFiles(), ...exports()];
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

function exports(): DiskFile[] {
  return exportedDirectories().map((path) => ({ path, user: 'nfsd', id: idOfPath(path) }));
}
