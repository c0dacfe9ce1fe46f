/** The JSON of `diskwhy diff`, schema diskwhy/diff@1. Its changes and their rest add up to `totals.deltaBytes`. */
import type { Change, DiffSide, DirectoryChange, SnapshotDiff } from '../../model/snapshot-diff.ts';
import { toText } from '../../model/byte-string.ts';
import { isoTime } from './iso-time.ts';
import { pathJson } from './path.ts';
import type { PathJson } from './path.ts';

const DAY_SECONDS = 86_400;

/** A plain object for JSON.stringify. @param top how many changes to give; Infinity for all. */
export function diffJson(diff: SnapshotDiff, version: string, top: number) {
  const { changes } = diff;
  const shown = changes.slice(0, top);
  const seconds = secondsBetween(diff);
  const rate = (bytes: number): number | null =>
    seconds === null || seconds === 0 ? null : (bytes / seconds) * DAY_SECONDS;
  const [oldBytes, newBytes] = [diff.old.bytes, diff.new.bytes];
  return {
    schema: 'diskwhy/diff@1' as const,
    version,
    old: sideJson(diff.old),
    new: sideJson(diff.new),
    /** What the bytes are: allocated, or lengths of files. */
    measure: diff.byApparent ? ('apparent' as const) : ('disk' as const),
    seconds,
    complete: diff.old.complete && diff.new.complete,
    totals: { oldBytes, newBytes, deltaBytes: newBytes - oldBytes, bytesPerDay: rate(newBytes - oldBytes) },
    changes: shown.map((change) => changeJson(change, rate)),
    rest: {
      count: changes.length - shown.length,
      deltaBytes: changes.slice(shown.length).reduce((sum, one) => sum + one.newBytes - one.oldBytes, 0),
    },
    tree: directoryJson(diff.tree, rate),
  };
}

type Rate = (bytes: number) => number | null;

/** null where one of them does not say when it was taken. */
function secondsBetween(diff: SnapshotDiff): number | null {
  const [from, to] = [diff.old.takenAt, diff.new.takenAt];
  return from === undefined || to === undefined ? null : Math.max(0, to - from);
}

function sideJson({ source, root, isLive, takenAt, bytes, entries, complete }: DiffSide) {
  return {
    source: toText(source),
    ...pathJson(root),
    isLive,
    takenAt: takenAt === undefined ? null : isoTime(takenAt),
    bytes,
    entries,
    complete,
  };
}

function changeJson({ path, kind, isDirectory, movedFrom, oldBytes, newBytes }: Change, rate: Rate) {
  const from = movedFrom === undefined ? undefined : pathJson(movedFrom);
  return {
    ...pathJson(path),
    kind,
    type: isDirectory ? ('directory' as const) : ('file' as const),
    oldBytes,
    newBytes,
    deltaBytes: newBytes - oldBytes,
    bytesPerDay: rate(newBytes - oldBytes),
    ...(from && { movedFrom: from.path }),
    ...(from?.pathBase64 !== undefined && { movedFromBase64: from.pathBase64 }),
  };
}

/** With all that is below it. */
interface DirectoryChangeJson extends PathJson {
  readonly kind: DirectoryChange['kind'];
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly deltaBytes: number;
  readonly bytesPerDay: number | null;
  /** The largest change first. */
  readonly children: readonly DirectoryChangeJson[];
  readonly rest: { readonly count: number; readonly deltaBytes: number };
}

function directoryJson(one: DirectoryChange, rate: Rate): DirectoryChangeJson {
  const { path, kind, oldBytes, newBytes, children, rest } = one;
  return {
    ...pathJson(path),
    kind,
    oldBytes,
    newBytes,
    deltaBytes: newBytes - oldBytes,
    bytesPerDay: rate(newBytes - oldBytes),
    children: children.map((child) => directoryJson(child, rate)),
    rest,
  };
}
