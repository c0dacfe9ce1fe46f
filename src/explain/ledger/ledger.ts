/** Splits what a filesystem uses into accounts that add up to it exactly, the last one being what is left. */
import type { Usage } from '../../model/filesystem.ts';
import type {
  Account,
  AccountDetail,
  AccountName,
  DeletedFile,
  KernelHeldFile,
  Ledger,
} from '../../model/ledger.ts';
import type { LedgerNote } from '../../model/ledger-note.ts';
import type { Mount } from '../../model/mount.ts';
import type { Problem } from '../../model/problem.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { HiddenTrees } from './hidden-trees.ts';
import { readMetadata } from './metadata.ts';

/** What was found out about one filesystem. */
export interface LedgerFacts {
  readonly mount: Mount;
  readonly usage: Usage;
  /** Visible files. */
  readonly walkedBytes: number;
  /** Whether the walk was ended before it had seen all. */
  readonly interrupted: boolean;
  /** Whether files may be counted as they were half a minute ago. */
  readonly isUncommitted: boolean;
  /** Entries it was told to leave out. */
  readonly excluded: number;
  /** Whether the walk began at the filesystem's root. */
  readonly isWhole: boolean;
  /** Largest first. */
  readonly deletedFiles: readonly DeletedFile[];
  /** Largest first, those that processes hold left out. */
  readonly kernelHeld: readonly KernelHeldFile[];
  readonly openFiles: OpenFiles;
  readonly isRoot: boolean;
  readonly hidden: HiddenTrees;
  /** Directories on it that could not be read. */
  readonly problems: readonly Problem[];
}

/** Details listed per account. */
const MOST_DETAILS = 100;

export function makeLedger(facts: LedgerFacts): Ledger {
  const { mount, usage, walkedBytes, interrupted, excluded, hidden, problems, isWhole } = facts;
  const { deletedFiles, kernelHeld } = facts;
  const deletedBytes = sum(deletedFiles) + sum(kernelHeld);
  const hiddenBytes = sum(hidden.trees);
  const fileBytes = walkedBytes + deletedBytes + hiddenBytes;
  const metadata = readMetadata(mount, usage.totalBytes - usage.usedBytes, fileBytes);
  const accounts: Account[] = [
    {
      account: 'walked',
      bytes: walkedBytes,
      complete: !interrupted,
      note: facts.isUncommitted ? { code: 'not-committed' } : undefined,
      detail: [],
    },
    account('deleted-open', deletedBytes, unseenProcesses(facts), [
      ...deletedFiles.map(deletedDetail),
      ...kernelHeld.map(kernelHeldDetail),
    ]),
    account('hidden-under-mounts', hiddenBytes, hidden.unseen, hidden.trees.map(hiddenDetail)),
    account('filesystem-metadata', metadata.bytes, metadata.note, metadata.detail),
    account('unreadable', 0, unreadPlaces(problems.length), problems.map(unreadDetail)),
  ];
  if (interrupted) accounts.push(account('interrupted', 0, { code: 'interrupted' }, []));
  if (excluded > 0) accounts.push(account('excluded', 0, { code: 'excluded', entries: excluded }, []));
  const rest = usage.usedBytes - accounts.reduce((total, { bytes = 0 }) => total + bytes, 0);
  return {
    scope: isWhole ? 'filesystem' : 'path',
    accounts: [...accounts, restAccount(rest, isWhole, accounts.every(isFilledIn))],
  };
}

function restAccount(bytes: number, isWhole: boolean, isAllSeen: boolean): Account {
  const rest = { bytes, complete: true, detail: [] };
  const note: LedgerNote | undefined = bytes < 0 ? { code: 'more-files-than-used' } : undefined;
  if (!isWhole) return { account: 'elsewhere', ...rest, note };
  return isAllSeen || bytes <= 0
    ? { account: 'unexplained', ...rest, note }
    : { account: 'unseen', ...rest, note: { code: 'not-looked-at' } };
}

/** Whether all that is meant by it is in it; what a filesystem does not tell of itself is little. */
function isFilledIn({ account: name, complete }: Account): boolean {
  return complete || name === 'filesystem-metadata';
}

/** Nothing that may hold something unseen is a zero. */
function account(
  name: AccountName,
  bytes: number,
  note: LedgerNote | undefined,
  detail: readonly AccountDetail[],
): Account {
  return {
    account: name,
    bytes: bytes === 0 && note !== undefined ? undefined : bytes,
    complete: note === undefined,
    note,
    detail: detail.slice(0, MOST_DETAILS),
  };
}

function unreadPlaces(places: number): LedgerNote | undefined {
  return places === 0 ? undefined : { code: 'unreadable-places', places };
}

/** Whose files could not be looked at; undefined where all could. */
function unseenProcesses({ openFiles, isRoot }: LedgerFacts): LedgerNote | undefined {
  const { processes, hiddenPids, blindSpots } = openFiles;
  if (blindSpots.includes('no-proc')) return { code: 'no-proc' };
  if (blindSpots.includes('hidepid')) return { code: 'processes-not-shown' };
  if (hiddenPids.length > 0)
    return { code: 'processes-hidden', hidden: hiddenPids.length, of: processes, isRoot };
  return blindSpots.includes('pid-namespace') ? { code: 'processes-outside-container' } : undefined;
}

function deletedDetail({ path, diskBytes, holders }: DeletedFile): AccountDetail {
  return { path, bytes: diskBytes, part: undefined, holders };
}

function kernelHeldDetail({ path, diskBytes, holder }: KernelHeldFile): AccountDetail {
  const part = { code: 'held-by-kernel', ...(holder ?? { by: undefined }) } as const;
  return { path, bytes: diskBytes, part, holders: [] };
}

function unreadDetail({ path, code }: Problem): AccountDetail {
  return { path, bytes: undefined, part: { code: 'unreadable', errno: code }, holders: [] };
}

function hiddenDetail({
  mountPoint,
  diskBytes,
  coveredBy,
  entries,
}: HiddenTrees['trees'][number]): AccountDetail {
  const part = { code: 'under-mount', entries, type: coveredBy.type } as const;
  return { path: mountPoint, bytes: diskBytes, part, holders: [] };
}

function sum(parts: readonly { readonly diskBytes: number }[]): number {
  return parts.reduce((total, { diskBytes }) => total + diskBytes, 0);
}
