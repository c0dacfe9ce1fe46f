/**
 * Memory that outlives a process: a file without a disk that the service manager keeps and hands to the next one
 * (FDSTORE in sd_notify(3), sd_listen_fds(3)). What it holds is lost with the machine, or when the service is stopped.
 * A first line says where the records begin. They are begun anew in the other half, which counts from when that line says
 * so: whenever the process is killed, what was there before is whole.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { loadLibc } from '../calls/libc.ts';
import type { Notify } from './notify-socket.ts';

const FIRST_HANDED = 3;
const MFD_CLOEXEC = 1;
/** Of the records; after an update the process before may have written others. */
const FORMAT = 1;
/** The first line has a page of its own. */
const FIRST_BYTES = 4096;
const LOW = FIRST_BYTES;
/** Nothing lies between the halves: holes take no memory. */
const HIGH = 2 ** 27;
/** Records are begun anew when there is so much, or several times as much as there was at the last beginning. */
const FULL_BYTES = 2 ** 20;
const FULL_FACTOR = 3;
/** More was not written by us. */
const MOST_BYTES = 64 * 2 ** 20;
/** Ends what was written; written over by what comes next. JSON has none in it. */
const END = '\0';

export interface KeptMemory {
  /** The records that the process before this one wrote, the first first. */
  readonly before: readonly string[];
  /** A record behind those that are there. It has neither line ends nor NULs. */
  readonly append: (record: string) => void;
  /** There is so much that it is worth to begin anew. */
  readonly isFull: () => boolean;
  /** These are all that is kept from now on. */
  readonly begin: (records: readonly string[]) => void;
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
    if (given === undefined) notify(`FDSTORE=1\nFDNAME=${name}`, descriptor);
    return keptIn(descriptor);
  } catch {
    return undefined;
  }
}

/** @param descriptor of a file that was written in this way, or an empty one. */
export function keptIn(descriptor: number): KeptMemory {
  let start = readStart(descriptor);
  const text = readText(descriptor, start);
  let bytes = Buffer.byteLength(text);
  let bytesAtStart = bytes;
  const put = (at: number, records: readonly string[]): number => {
    const written = Buffer.from(`${records.map((record) => `${record}\n`).join('')}${END}`);
    writeSync(descriptor, written, 0, written.length, at);
    return written.length - END.length;
  };
  return {
    before: text.split('\n').slice(0, -1),
    append: (record) => {
      bytes += put(start + bytes, [record]);
    },
    isFull: () => bytes > Math.max(FULL_BYTES, bytesAtStart * FULL_FACTOR),
    begin: (records) => {
      const next = start === LOW ? HIGH : LOW;
      bytes = put(next, records);
      bytesAtStart = bytes;
      start = next;
      writeStart(descriptor, start);
      if (start === LOW) ftruncateSync(descriptor, LOW + bytes + END.length);
    },
  };
}

/** Where the records begin. What is of another format is thrown away. */
function readStart(descriptor: number): number {
  const first = Buffer.alloc(32);
  const length = readSync(descriptor, first, 0, first.length, 0);
  const [line] = first.toString('latin1', 0, length).split('\n');
  for (const start of [LOW, HIGH]) if (line === startLine(start)) return start;
  ftruncateSync(descriptor, 0);
  writeStart(descriptor, LOW);
  return LOW;
}

const startLine = (start: number): string => `${start} format ${FORMAT}`;

function writeStart(descriptor: number, start: number): void {
  writeSync(descriptor, `${startLine(start)}\n`, 0);
}

/** Whole records only: a kill may have come while the last was written. */
function readText(descriptor: number, start: number): string {
  const size = Math.min(fstatSync(descriptor).size - start, start === LOW ? HIGH - LOW : MOST_BYTES);
  if (size <= 0) return '';
  const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
  const length = readSync(descriptor, bytes, 0, bytes.length, start);
  const end = bytes.subarray(0, length).indexOf(END);
  const text = bytes.toString('utf8', 0, end < 0 ? length : end);
  return text.slice(0, text.lastIndexOf('\n') + 1);
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
