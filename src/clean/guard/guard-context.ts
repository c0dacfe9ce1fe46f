/** What guard and removal work with, made once for a run. */
import { UsageError } from '../../model/errors.ts';
import { chooseDirectoryCalls } from '../../system/directories/choose-directory-calls.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import { readFileLocks } from '../../system/files/file-locks.ts';
import { scanOpenFiles } from '../../system/processes/open-files.ts';
import { LastLook } from './last-look.ts';
import { LinkLedger } from './link-ledger.ts';

/** Who deletes, and by which calls. */
export interface Deleter {
  readonly ownUid: number;
  readonly ownPid: number;
  /** `portable` leaves libc out. */
  readonly source: 'auto' | 'portable';
}

export interface GuardContext {
  readonly calls: DirectoryCalls;
  readonly held: LastLook;
  readonly ledger: LinkLedger;
  readonly ownUid: number;
}

/** Throws UsageError where this machine has no safe way. */
export function guardContext({ ownUid, ownPid, source }: Deleter): GuardContext {
  return {
    calls: safeCalls(source),
    held: new LastLook({ openFiles: scanOpenFiles, fileLocks: readFileLocks }, ownPid),
    ledger: new LinkLedger(),
    ownUid,
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
