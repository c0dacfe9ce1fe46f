/** A process as /proc shows it, and the files that processes hold. */
import { toText } from './byte-string.ts';
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';

/** Who a process is (proc(5)); what cannot be read is undefined. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly parentPid: number;
  /** /proc/PID/comm: 15 bytes at most. */
  readonly command: ByteString;
  /** Arguments; empty for kernel threads and zombies. */
  readonly commandLine: readonly ByteString[];
  readonly uid: number | undefined;
  /** Clock ticks since boot: tells a process from a later one with its pid. */
  readonly startTicks: number;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** systemd unit, e.g. "nginx.service". */
  readonly unit: string | undefined;
  /** Container, as its runtime calls it: a hexadecimal id for most. */
  readonly container: string | undefined;
  /** RES, SHR and VIRT of top(1). */
  readonly residentBytes: number;
  readonly sharedBytes: number;
  readonly virtualBytes: number;
}

/** What a person calls the process: the program it was started as, which threads renaming themselves cannot hide. */
export function processName({
  command,
  commandLine,
}: Pick<ProcessIdentity, 'command' | 'commandLine'>): string {
  const program = commandLine[0]?.split(' ')[0] ?? '';
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/^-|:$/gu, '');
  return toText((name === '' ? command : name) as ByteString);
}

/** How a process holds a file. */
export type HoldKind = 'descriptor' | 'mapping' | 'working-directory' | 'root' | 'executable';

export interface Hold {
  readonly pid: number;
  readonly kind: HoldKind;
  /** The descriptor's number, for `descriptor`. */
  readonly descriptor: number | undefined;
  /** Addresses as /proc/PID/map_files has them, for `mapping`. */
  readonly range: string | undefined;
}

/** A file that at least one process holds. */
export interface HeldFile {
  readonly id: FileId;
  /** st_mode. */
  readonly mode: number;
  /** st_nlink: 0 means it has no name any more. */
  readonly links: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
  readonly holds: readonly Hold[];
}

/**
 * Processes that do not even show their pid: `hidepid` /proc is mounted to hide those of others, `pid-namespace` this
 * process runs in a container and those outside are out of sight, `no-proc` there is no /proc.
 */
export type BlindSpot = 'hidepid' | 'pid-namespace' | 'no-proc';

/** What all processes hold, as far as it can be seen. */
export interface OpenFiles {
  /** Processes seen, kernel threads left out. */
  readonly processes: number;
  /** Those among them whose files this user may not see. */
  readonly hiddenPids: readonly number[];
  readonly blindSpots: readonly BlindSpot[];
  readonly files: ReadonlyMap<FileId, HeldFile>;
}
