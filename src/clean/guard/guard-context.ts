/** What guard and removal work with, made once for a run, and what a guard is asked of a unit. */
import { UsageError } from '../../model/errors.ts';
import { chooseDirectoryCalls } from '../../system/directories/choose-directory-calls.ts';
import type { Anchors } from '../../system/directories/anchors.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { readDiskFiles } from '../../system/disks/disk-files.ts';
import { readFileLocks } from '../../system/files/file-locks.ts';
import { readForeignMounts } from '../../system/mounts/foreign-mounts.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import { scanOpenFiles } from '../../system/processes/open-files.ts';
import { LastLook } from './last-look.ts';
import { LinkLedger } from './link-ledger.ts';

/** Who deletes, and by which calls. */
export interface Deleter {
  readonly ownUid: number;
  readonly ownPid: number;
  /** `portable` leaves libc out. */
  readonly source: 'auto' | 'portable';
  /** Directories that were opened for the judge: units are reached from them. */
  readonly anchors?: Anchors | undefined;
}

export interface GuardContext {
  readonly calls: DirectoryCalls;
  readonly held: LastLook;
  readonly ledger: LinkLedger;
  readonly ownUid: number;
  readonly anchors: Anchors | undefined;
}

/** How a unit is read. */
export interface GuardWishes {
  /** Names there may be; one more ends the reading. */
  readonly most: number;
  /** Whether to keep every entry's identity. */
  readonly lists: boolean;
  /** As PlannedUnit has it. */
  readonly needsProof: boolean;
}

/** Throws UsageError where this machine has no safe way. */
export function guardContext({ ownUid, ownPid, source, anchors }: Deleter): GuardContext {
  return {
    calls: safeCalls(source),
    held: new LastLook(
      {
        openFiles: () => scanOpenFiles(true),
        fileLocks: readFileLocks,
        diskFiles: readDiskFiles,
        mounts: readMounts,
        foreignMounts: readForeignMounts,
      },
      ownPid,
    ),
    ledger: new LinkLedger(),
    ownUid,
    anchors,
  };
}

/** Calls that work on open directories only; throws UsageError where there are none. */
export function safeCalls(source: Deleter['source']): DirectoryCalls {
  const calls = chooseDirectoryCalls(source);
  if (calls) return calls;
  throw new UsageError(
    'nothing can be deleted safely here: it takes Linux with /proc, so that no path can be exchanged meanwhile',
  );
}
