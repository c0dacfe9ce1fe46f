/** ioctl(2) on a path: questions to a filesystem that no other call answers. */
import { closeSync, constants, openSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { loadLibc } from './libc.ts';

/** Asks with `argument`, which is filled in; false where the filesystem refuses or does not know the request. */
export type Ask = (request: number, argument: Uint8Array) => boolean;

/** Opens `path` for questions while `questions` runs; undefined where that cannot be done. */
export function withIoctl<T>(path: ByteString, questions: (ask: Ask) => T): T | undefined {
  const libc = loadLibc();
  if (!libc) return undefined;
  let descriptor: number;
  try {
    descriptor = openSync(toBuffer(path), constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    return questions((request, argument) => libc.ioctl(descriptor, request, libc.addressOf(argument)) >= 0);
  } finally {
    closeSync(descriptor);
  }
}
