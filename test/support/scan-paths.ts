/** Runs a scan inside the test as the program does: roots resolved, contained ones dropped, mounts looked up. */
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { RootResult, ScanResult } from '../../src/model/scan-result.ts';
import { dropContained, planBoundaries, resolveRoot, scan, visibleMounts } from '../../src/scan/scan.ts';
import type { ScanHooks, ScanRequest } from '../../src/scan/scan.ts';
import { readMounts } from '../../src/system/mounts/mounts.ts';
import type { DirectoryNumbers } from './find.ts';

export interface ScanSettings extends Partial<
  Pick<
    ScanRequest,
    | 'notedName'
    | 'ownedPaths'
    | 'source'
    | 'restSeconds'
    | 'threads'
    | 'exclude'
    | 'largestCount'
    | 'rankByApparent'
    | 'nowSeconds'
  >
> {
  readonly crossMounts?: boolean;
}

export async function scanPaths(
  paths: readonly (string | ByteString)[],
  { crossMounts = false, ...settings }: ScanSettings = {},
  hooks: ScanHooks = {},
): Promise<ScanResult> {
  const mounts = visibleMounts(readMounts());
  const { kept: roots } = dropContained(paths.map((path) => resolveRoot(fromText(path), mounts)));
  const boundaries = planBoundaries(mounts, roots, crossMounts);
  return scan(
    {
      roots,
      boundaries,
      source: 'auto',
      threads: undefined,
      exclude: [],
      largestCount: 20,
      rankByApparent: false,
      nowSeconds: Date.now() / 1000,
      ...settings,
    },
    hooks,
  );
}

/** Sources and numbers of threads that must all give the same numbers. */
export const allSettings = (['walk', 'portable'] as const).flatMap((source) =>
  [1, 2, 8].map((threads) => ({ source, threads })),
);

/** The numbers of every directory of a root in the order of find.ts: from the root down, siblings by name. */
export function directoriesOf({ tree }: ScanResult, root: RootResult): DirectoryNumbers[] {
  const { diskBytes, apparentBytes, freeableBytes, entries } = tree.columns;
  const numbers: DirectoryNumbers[] = [];
  const waiting = [{ id: root.directory, name: '', depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, name, depth } = next;
    numbers.push({
      depth,
      name,
      diskBytes: diskBytes[id],
      apparentBytes: apparentBytes[id],
      freeableBytes: freeableBytes[id],
      entries: entries[id],
    });
    waiting.push(
      ...Array.from(tree.children(id), (child) => ({
        id: child,
        name: tree.name(child) as string,
        depth: depth + 1,
      })).toSorted((a, b) => (a.name < b.name ? 1 : -1)),
    );
  }
  return numbers;
}
