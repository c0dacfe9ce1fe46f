/**
 * Memory that outlives a process: a file without a disk that the service manager keeps and hands to the next one
 * (FDSTORE in sd_notify(3), sd_listen_fds(3)). What it holds is lost with the machine, or when the service is stopped.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { loadLibc } from '../calls/libc.ts';
import type { Notify } from './notify-socket.ts';

const FIRST_HANDED = 3;
const MFD_CLOEXEC = 1;
/** From so many bytes on, lines begin anew. */
const FULL_BYTES = 4 * 2 ** 20;
/** More was not written by us. */
const MOST_BYTES = 64 * 2 ** 20;

export interface KeptMemory {
  /** The lines that the process before this one wrote, the last one first; it may have been killed while it wrote that. */
  readonly before: readonly string[];
  /** A line behind those that are there: while it is written they stay whole. */
  readonly write: (line: string) => void;
}

/** What a service manager hands over, as its variables say. */
export interface Handed {
  readonly LISTEN_PID?: string | undefined;
  readonly LISTEN_FDS?: string | undefined;
  readonly LISTEN_FDNAMES?: string | undefined;
}

/** Undefined where there is no such memory. A manager that keeps none says nothing: it is then as long-lived as the process. */
export function openKeptMemory(name: string, notify: Notify, handed: Handed): KeptMemory | undefined {
  try {
    const given = handedDescriptor(name, handed);
    const descriptor = given ?? createMemory(name);
    if (descriptor === undefined) return undefined;
    const before = given === undefined ? [] : readLines(descriptor);
    let size = fstatSync(descriptor).size;
    if (given === undefined) notify(`FDSTORE=1\nFDNAME=${name}`, descriptor);
    return {
      before,
      write: (line) => {
        const bytes = Buffer.from(`${line}\n`);
        if (size > FULL_BYTES) ftruncateSync(descriptor, (size = 0));
        size += writeSync(descriptor, bytes, 0, bytes.length, size);
      },
    };
  } catch {
    return undefined;
  }
}

/** Opened anew, so that no child has it. */
function handedDescriptor(
  name: string,
  { LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES }: Handed,
): number | undefined {
  if (Number(LISTEN_PID) !== process.pid) return undefined;
  let own: number | undefined;
  const names = LISTEN_FDNAMES?.split(':') ?? [];
  for (let index = 0; index < Math.min(Number(LISTEN_FDS), names.length); index++) {
    const handed = FIRST_HANDED + index;
    if (names[index] === name && own === undefined) own = openSync(`/proc/self/fd/${handed}`, 'r+');
    closeSync(handed);
  }
  return own;
}

function createMemory(name: string): number | undefined {
  const libc = loadLibc();
  if (!libc) return undefined;
  const bytes = new Uint8Array(Buffer.from(`${name}\0`));
  const descriptor = libc.memfdCreate(libc.addressOf(bytes), MFD_CLOEXEC);
  return descriptor < 0 ? undefined : descriptor;
}

function readLines(descriptor: number): string[] {
  const { size } = fstatSync(descriptor);
  if (size > MOST_BYTES) return [];
  const bytes = Buffer.alloc(size);
  const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, size, 0));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .toReversed();
}
