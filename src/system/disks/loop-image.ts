/** The file behind a loop device, by device and inode: certain whatever it is called, and from where (loop(4)). */
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { fromText } from '../../model/byte-string.ts';
import { withIoctl } from '../calls/ioctl.ts';

/** LOOP_GET_STATUS64 of linux/loop.h, and the size of its struct loop_info64. */
const GET_STATUS = 0x4c05;
const INFO_BYTES = 232;

/** @param name e.g. "loop3". Undefined where the device has no file, or may not be asked. */
export function loopImage(name: string): FileId | undefined {
  return withIoctl(fromText(`/dev/${name}`), (ask) => {
    const info = Buffer.alloc(INFO_BYTES);
    if (!ask(GET_STATUS, info)) return undefined;
    // lo_device and lo_inode come first; the device is written as stat(2) writes it.
    return fileIdOfStats({ dev: info.readBigUInt64LE(0), ino: info.readBigUInt64LE(8) });
  });
}
