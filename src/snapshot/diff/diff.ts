/** The door of the diff: what changed between two snapshots of a tree, one or both of which may be taken just now. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DiffSide, SnapshotDiff } from '../../model/snapshot-diff.ts';
import { writeSnapshot } from '../export/export.ts';
import type { SnapshotRequest } from '../export/export.ts';
import { entryReader, readEntries } from '../import/import.ts';
import type { ReadHooks, SnapshotInput, SnapshotScope } from '../import/import.ts';
import type { ScanHooks } from '../../scan/scan.ts';
import { changesBetween } from './changes.ts';
import { DirectoryChanges } from './directory-changes.ts';
import type { TreeLimits } from './directory-changes.ts';
import { EntryTable, ROOT } from './entry-table.ts';
import { countedBytes } from './link-owners.ts';
import { Pairs } from './pairs.ts';

/** One of the two that are compared: a file, or a tree to look at now. */
export type DiffSource =
  | { readonly kind: 'file'; readonly input: SnapshotInput }
  | {
      readonly kind: 'live';
      readonly request: Omit<SnapshotRequest, 'compression'>;
      /** What the other side has left out is left out here too. */
      readonly isAsOther: boolean;
    };

export interface DiffRequest {
  readonly old: DiffSource;
  readonly new: DiffSource;
  /** Sizes are those of `ls`, not those of `du`. */
  readonly byApparent: boolean;
  readonly limits: TreeLimits;
}

interface LoadedSide {
  readonly table: EntryTable;
  readonly isLive: boolean;
  readonly source: ByteString;
}

/** Throws UsageError where one of the two cannot be read; the signal's reason where it was ended. */
export async function diffSnapshots(
  { old: oldSource, new: newSource, byApparent, limits }: DiffRequest,
  hooks: ReadHooks & ScanHooks = {},
): Promise<SnapshotDiff> {
  // A live side is looked at as the other one was.
  const first = oldSource.kind === 'live' && newSource.kind === 'file' ? newSource : oldSource;
  const known = await load(first, byApparent, undefined, hooks);
  const other = await load(
    first === oldSource ? newSource : oldSource,
    byApparent,
    known.table.head.scope,
    hooks,
  );
  const [before, after] = first === oldSource ? [known, other] : [other, known];
  const pairs = new Pairs(before.table, after.table);
  const counted = countedBytes(pairs);
  const directories = new DirectoryChanges(pairs, counted);
  const { oldBytes, newBytes } = directories.totals;
  return {
    old: sideOf(before, oldBytes),
    new: sideOf(after, newBytes),
    byApparent,
    changes: changesBetween(pairs, counted),
    tree: directories.tree(limits),
  };
}

async function load(
  source: DiffSource,
  byApparent: boolean,
  scope: SnapshotScope | undefined,
  hooks: ReadHooks & ScanHooks,
): Promise<LoadedSide> {
  const table = new EntryTable(byApparent);
  if (source.kind === 'file') {
    await readEntries(source.input, table, hooks);
    return { table, isLive: false, source: source.input.path };
  }
  const request = { ...source.request, ...(source.isAsOther && scope) };
  const reader = entryReader(table);
  await writeSnapshot({ ...request, compression: undefined }, (bytes) => reader.feed(bytes), hooks);
  hooks.signal?.throwIfAborted();
  reader.end();
  return { table, isLive: true, source: request.path };
}

function sideOf({ table, isLive, source }: LoadedSide, bytes: number): DiffSide {
  return {
    source,
    root: table.nameOf(ROOT),
    isLive,
    takenAt: table.head.writtenAt,
    bytes,
    entries: table.count,
    complete: !table.isPartial,
  };
}
