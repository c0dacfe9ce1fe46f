/** Which file it is, whatever it is called: the pair (device, inode), exact for every inode number. */

declare const id: unique symbol;

/** "device:inode", both decimal; the device is the kernel's dev_t, major << 20 | minor. */
export type FileId = string & { readonly [id]: true };

const HIGH_WORD = 2 ** 32;
/** From this high half on, an inode number is beyond 2^53. */
const INEXACT = 2 ** 21;

/** @param device major << 20 | minor. The inode comes in two halves, as a number holds only 53 bits. */
export function fileId(device: number, inodeHigh: number, inodeLow: number): FileId {
  const inode =
    inodeHigh < INEXACT ? inodeHigh * HIGH_WORD + inodeLow : (BigInt(inodeHigh) << 32n) | BigInt(inodeLow);
  return `${device}:${inode}` as FileId;
}

/** The device number of "major:minor", as mountinfo writes it. */
export function deviceNumber(majorMinor: string): number {
  const [major = 0, minor = 0] = majorMinor.split(':').map(Number);
  return ((major << 20) | minor) >>> 0;
}

/** The device number of an id. */
export function deviceOf(file: FileId): number {
  return Number(file.slice(0, file.indexOf(':')));
}

/** The inode number of an id, decimal. */
export function inodeNumber(file: FileId): string {
  return file.slice(file.indexOf(':') + 1);
}

/** makedev(3) of glibc, which node:fs hands out, spreads major and minor over 64 bits; the kernel's dev_t has 12 and 20 bits. */
export function kernelDevice(dev: number): number {
  const major = Math.floor(dev / 2 ** 8) & 0xfff;
  const minor = (dev & 0xff) | (Math.floor(dev / 2 ** 12) & 0xfff00);
  return ((major << 20) | minor) >>> 0;
}

/** The id of what node:fs looked at with `bigint: true`. */
export function fileIdOfStats({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): FileId {
  return fileId(kernelDevice(Number(dev)), Number(ino >> 32n), Number(ino & 0xffff_ffffn));
}
