/** Splits what a filesystem uses into accounts that add up to it exactly, the last one being what is left. */
import type { Usage } from '../../model/filesystem.ts';
import type { Account, AccountDetail, AccountName, DeletedFile, Ledger } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import type { Problem } from '../../model/problem.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { HiddenTrees } from './hidden-trees.ts';
import { readMetadata } from './metadata.ts';

/** What was found out about one filesystem. */
export interface LedgerFacts {
  readonly mount: Mount;
  readonly usage: Usage;
  /** Visible files, and why these are not all of them. */
  readonly walked: Pick<Account, 'bytes' | 'complete' | 'note'>;
  /** Whether the walk began at the filesystem's root. */
  readonly isWhole: boolean;
  /** Largest first. */
  readonly deletedFiles: readonly DeletedFile[];
  readonly openFiles: OpenFiles;
  readonly isRoot: boolean;
  readonly hidden: HiddenTrees;
  /** Directories on it that could not be read. */
  readonly problems: readonly Problem[];
}

/** Details listed per account. */
const MOST_DETAILS = 100;

export function makeLedger(facts: LedgerFacts): Ledger {
  const { mount, usage, deletedFiles, hidden, problems, isWhole } = facts;
  const deletedBytes = sum(deletedFiles);
  const hiddenBytes = sum(hidden.trees);
  const fileBytes = facts.walked.bytes + deletedBytes + hiddenBytes;
  const metadata = readMetadata(mount, usage.totalBytes - usage.usedBytes, fileBytes);
  const accounts: Account[] = [
    { account: 'walked', ...facts.walked, detail: [] },
    account('deleted-open', deletedBytes, unseenProcesses(facts), deletedFiles.map(deletedDetail)),
    account('hidden-under-mounts', hiddenBytes, hidden.unseen, hidden.trees.map(hiddenDetail)),
    { account: 'filesystem-metadata', ...metadata },
    account(
      'unreadable',
      0,
      unreadPlaces(problems.length),
      problems.map(({ path, code }) => ({ path, bytes: undefined, text: code, holders: [] })),
    ),
  ];
  const rest = usage.usedBytes - accounts.reduce((total, { bytes }) => total + bytes, 0);
  accounts.push({
    account: isWhole ? 'unexplained' : 'elsewhere',
    bytes: rest,
    complete: true,
    note: rest < 0 ? OVERLAP : undefined,
    detail: [],
  });
  return { scope: isWhole ? 'filesystem' : 'path', accounts };
}

const OVERLAP = 'less is used than the files add up to: they share extents, or changed during the scan';

function account(
  name: AccountName,
  bytes: number,
  note: string | undefined,
  detail: readonly AccountDetail[],
): Account {
  return { account: name, bytes, complete: note === undefined, note, detail: detail.slice(0, MOST_DETAILS) };
}

function unreadPlaces(count: number): string | undefined {
  if (count === 0) return undefined;
  return `what lies in ${count === 1 ? '1 unreadable place' : `${count} unreadable places`} is not known`;
}

/** Whose files could not be looked at; undefined where all could. */
function unseenProcesses({ openFiles, isRoot }: LedgerFacts): string | undefined {
  const { processes, hiddenPids, blindSpots } = openFiles;
  if (blindSpots.includes('no-proc')) return 'there is no /proc to show what processes hold';
  if (blindSpots.includes('hidepid')) return "other users' processes are not visible to you; sudo shows them";
  if (hiddenPids.length > 0)
    return `${hiddenPids.length} of ${processes} processes are not visible to you${isRoot ? ', though you are root: the system withholds them' : '; sudo shows them'}`;
  return blindSpots.includes('pid-namespace')
    ? 'processes outside this container are not visible from inside it'
    : undefined;
}

function deletedDetail({ path, diskBytes, holders }: DeletedFile): AccountDetail {
  return { path, bytes: diskBytes, text: undefined, holders };
}

function hiddenDetail({
  mountPoint,
  diskBytes,
  coveredBy,
  entries,
}: HiddenTrees['trees'][number]): AccountDetail {
  const text = `${entries} ${entries === 1 ? 'entry' : 'entries'} under the ${coveredBy.type} mounted there`;
  return { path: mountPoint, bytes: diskBytes, text, holders: [] };
}

function sum(parts: readonly { readonly diskBytes: number }[]): number {
  return parts.reduce((total, { diskBytes }) => total + diskBytes, 0);
}
