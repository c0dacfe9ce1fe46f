/** Why now: how much was written in the last hour, day and week, and where most of it lies. */
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile, ScanResult } from '../../model/scan-result.ts';
import type { GrowthSince } from '../../model/findings/recent-growth.ts';
import type { Facts } from '../facts.ts';
import { growthSince } from './growth-since.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

/** A directory or file, and how much of it lies in files written within the last day. */
interface RecentPlace {
  readonly path: ByteString;
  /** Itself, or where it lies: what can be watched. */
  readonly directory: ByteString;
  readonly dayBytes: number;
}

const DAY_SECONDS = 86_400;
/** A place with less of the day's bytes is not where it happens. */
const LEAST_SHARE = 0.2;
/** What is below holds this much of a directory's part, or the directory itself is the answer. */
const MOST_BELOW = 0.6;
const MOST_PLACES = 3;

export const recentGrowth: Rule = {
  name: 'recent-growth',
  find: async (facts) => {
    const [root, ...others] = facts.roots;
    // Of several roots no one snapshot tells.
    const before = others.length > 0 ? undefined : await facts.request.keptBefore?.(root.path);
    const since = before && growthSince(facts.scan.tree, root.directory, before);
    return recentGrowthIn(facts, since).map((finding) => ({
      ...finding,
      actions: [looking('diskwhy', 'watch', finding.directory)],
    }));
  },
};

type RecentGrowth = Extract<Proposal, { readonly rule: 'recent-growth' }>;

/** What is needed of the facts. */
type TimeFacts = Pick<Facts, 'nowSeconds' | 'worthBytes'> & {
  readonly scan: ScanResult;
  readonly roots: readonly Pick<Facts['roots'][number], 'path' | 'directory'>[];
};

/** @param since what changed since a snapshot was kept, where one was. */
export function recentGrowthIn(
  facts: TimeFacts,
  since?: GrowthSince,
): readonly Omit<RecentGrowth, 'actions'>[] {
  const { scan, roots, worthBytes } = facts;
  const { hourBytes, dayBytes, weekBytes } = scan.tree.columns;
  const day = dayBytes[ABOVE_ROOTS];
  const isWorth = day >= worthBytes || (since !== undefined && Math.abs(since.deltaBytes) >= worthBytes);
  if (!isWorth) return [];
  const recent = recentFiles(facts);
  const deepest = roots.flatMap(({ directory }) => placesBelow(facts, recent, directory, day * LEAST_SHARE));
  const rootPaths = new Set(
    roots.filter(({ directory }) => !scan.tree.isFileRoot(directory)).map(({ path }) => path),
  );
  // That it is somewhere below what was named is no news: then the largest parts say more.
  const isSpread = deepest.every(({ path }) => rootPaths.has(path));
  const places = (isSpread ? roots.flatMap(({ directory }) => partsOf(facts, recent, directory)) : deepest)
    .toSorted((a, b) => b.dayBytes - a.dayBytes)
    .slice(0, MOST_PLACES);
  const [{ directory } = { directory: roots[0].path }] = places;
  return [
    {
      rule: 'recent-growth',
      hourBytes: hourBytes[ABOVE_ROOTS],
      dayBytes: day,
      weekBytes: weekBytes[ABOVE_ROOTS],
      places: places.map(({ path, dayBytes: bytes }) => ({ path, dayBytes: bytes })),
      isSpread,
      ...(since && { since }),
      directory,
      diskBytes: day,
      claimedBytes: 0,
      freeableBytes: 0,
      paths: places.map(({ path }) => path),
      risk: 'review',
    },
  ];
}

/** The largest files written within the last day, by directory. */
function recentFiles({ scan, nowSeconds }: TimeFacts): ReadonlyMap<number, readonly RankedFile[]> {
  return Map.groupBy(
    // A time in the future proves nothing.
    scan.largestFiles.filter(
      ({ modifiedAt }) => modifiedAt > nowSeconds - DAY_SECONDS && modifiedAt < nowSeconds + FUTURE_SECONDS,
    ),
    ({ directory }) => directory,
  );
}

/** As the scan forgives: clocks of file servers, and files written meanwhile. */
const FUTURE_SECONDS = 3600;

/** The deepest places that hold most of what was written below `directory`, each at least `leastBytes`. */
function placesBelow(
  { scan: { tree } }: TimeFacts,
  recent: ReadonlyMap<number, readonly RankedFile[]>,
  directory: number,
  leastBytes: number,
): RecentPlace[] {
  const { dayBytes } = tree.columns;
  const places: RecentPlace[] = [];
  // Not by recursion: a tree may be deeper than the stack.
  const waiting = [directory];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (dayBytes[next] < leastBytes) continue;
    const children = tree.children(next).filter((child) => dayBytes[child] >= leastBytes);
    const files = (recent.get(next) ?? []).filter(({ diskBytes }) => diskBytes >= leastBytes);
    const below =
      children.reduce((sum, child) => sum + dayBytes[child], 0) +
      files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
    if (below < MOST_BELOW * dayBytes[next]) {
      const path = tree.path(next);
      places.push({ path, directory: path, dayBytes: dayBytes[next] });
      continue;
    }
    waiting.push(...children);
    for (const { path, diskBytes } of files)
      places.push({ path, directory: tree.path(next), dayBytes: diskBytes });
  }
  return places;
}

/** Directories and files directly in `directory` with what was written in them within the last day. */
function partsOf(
  { scan: { tree } }: TimeFacts,
  recent: ReadonlyMap<number, readonly RankedFile[]>,
  directory: number,
): RecentPlace[] {
  const path = tree.path(directory);
  const files = (recent.get(directory) ?? []).map((file) => ({
    path: file.path,
    directory: path,
    dayBytes: file.diskBytes,
  }));
  const children = [...tree.children(directory)]
    .filter((child) => tree.columns.dayBytes[child] > 0)
    .map((child) => ({
      path: tree.path(child),
      directory: tree.path(child),
      dayBytes: tree.columns.dayBytes[child],
    }));
  return files.length + children.length > 0
    ? [...children, ...files]
    : [{ path, directory: path, dayBytes: tree.columns.dayBytes[directory] }];
}
