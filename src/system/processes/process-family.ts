/** What a process was given and whom it has started (proc(5)); nothing where that is hidden. */
import { readFileSync, readlinkSync } from 'node:fs';
import { fromBytes, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Processes that its main thread has started and that still run. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A variable of the environment it was started with. */
export function environmentOf(pid: number, name: ByteString): ByteString | undefined {
  try {
    const entries = fromBytes(readFileSync(`/proc/${pid}/environ`)).split('\0');
    return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) as
      | ByteString
      | undefined;
  } catch {
    return undefined;
  }
}

/** "/" where it cannot be told. */
export function workingDirectoryOf(pid: number): ByteString {
  try {
    return fromBytes(readlinkSync(`/proc/${pid}/cwd`, { encoding: 'buffer' }));
  } catch {
    return fromText('/');
  }
}
