/** Where an open descriptor points to, as the kernel sees it now. */
import { readlinkSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** The path behind a descriptor (/proc/self/fd, proc_pid_fd(5)), or undefined where it cannot be told. */
export function descriptorPath(descriptor: number): ByteString | undefined {
  try {
    return fromBytes(readlinkSync(`/proc/self/fd/${descriptor}`, { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
