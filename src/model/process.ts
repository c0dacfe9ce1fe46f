/** A process as /proc shows it, and the files that processes hold. */
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

/** How a process holds a file. */
export type HoldKind = 'descriptor' | 'mapping' | 'working-directory' | 'root' | 'executable';

export interface Hold {
  readonly pid: number;
  readonly kind: HoldKind;
  /** The descriptor's number, for `descriptor`. */
  readonly descriptor: number | undefined;
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
  /** The path the kernel shows, " (deleted)" cut off; as the holder sees it, so it need not lead anywhere here. */
  readonly path: ByteString;
  readonly holds: readonly Hold[];
}

/** What all processes hold, as far as it can be seen. */
export interface OpenFiles {
  readonly processes: number;
  /** Processes whose files this user may not see. */
  readonly hiddenPids: readonly number[];
  readonly files: ReadonlyMap<FileId, HeldFile>;
}
