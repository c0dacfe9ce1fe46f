/** Unix sockets that are alive, in every network namespace that can be read. */
import { readFileSync, readlinkSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';
import { processIds } from './process-ids.ts';

export interface UnixSockets {
  /** Names as they were bound: relative to the binder's directory then, and in its mount namespace. */
  readonly paths: ReadonlySet<ByteString>;
  /** False where some process's namespace could not be read: a socket may then be alive unseen. */
  readonly complete: boolean;
}

/** Reads /proc/PID/net/unix once per network namespace. */
export function readUnixSockets(): UnixSockets {
  const paths = new Set<ByteString>();
  const seen = new Set<string>();
  let complete = readTable('self', paths);
  let pids: number[] = [];
  try {
    seen.add(readlinkSync('/proc/self/ns/net'));
    pids = processIds();
    if (pids.length === 0) complete = false;
  } catch {
    complete = false;
  }
  for (const pid of pids) {
    try {
      const namespace = readlinkSync(`/proc/${pid}/ns/net`);
      if (seen.has(namespace)) continue;
      seen.add(namespace);
    } catch (error) {
      // Which namespace it is in is hidden; its table may be read all the same.
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') continue;
    }
    if (!readTable(pid, paths)) complete = false;
  }
  return { paths, complete };
}

function readTable(pid: number | 'self', paths: Set<ByteString>): boolean {
  const table = readProc(pid);
  if (table === undefined) return false;
  addPaths(table, paths);
  return true;
}

function readProc(pid: number | 'self'): ByteString | undefined {
  try {
    return fromBytes(readFileSync(`/proc/${pid}/net/unix`));
  } catch (error) {
    // Ended meanwhile: nothing of it is alive.
    return errorCode(error) === 'ENOENT' || errorCode(error) === 'EINVAL' ? ('' as ByteString) : undefined;
  }
}

/** Lines of `Num RefCount Protocol Flags Type St Inode Path`; a path may hold spaces, and an abstract name begins with @. */
function addPaths(table: ByteString, paths: Set<ByteString>): void {
  for (const line of table.split('\n')) {
    const match = /^[0-9a-f]+: [0-9A-F]+ [0-9A-F]+ [0-9A-F]+ [0-9A-F]+ [0-9A-F]+ +\d+ (.+)$/su.exec(line);
    if (match && !match[1].startsWith('@')) paths.add(match[1] as ByteString);
  }
}
