/** What is kept beside a snapshot, so that a list of them reads none: totals, the filesystem, the largest directories. */
import { fromBytes, isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptDirectory, KeptFilesystem, KeptSnapshot } from '../../model/kept-snapshot.ts';
import type { ScanResult } from '../../model/scan-result.ts';

export type Summary = Omit<KeptSnapshot, 'file' | 'fileBytes'>;

const FORMAT = 'diskwhy/kept-snapshot@1';
/** Enough to see where something grew: those of at least this share of the whole, and no more than so many. */
const LEAST_SHARE = 0.001;
const MOST_DIRECTORIES = 2000;

export function summaryOf(
  scan: ScanResult,
  { takenAt, filesystem, isPlain }: Pick<Summary, 'takenAt' | 'filesystem' | 'isPlain'>,
): Summary {
  const { diskBytes, apparentBytes, entries } = scan.roots[0].totals;
  return {
    takenAt,
    diskBytes,
    apparentBytes,
    entries,
    complete: scan.complete,
    isPlain,
    filesystem,
    directories: largestDirectories(scan),
  };
}

function largestDirectories({ tree, roots }: ScanResult): KeptDirectory[] {
  const { count, diskBytes } = tree.columns;
  const least = diskBytes[roots[0].directory] * LEAST_SHARE;
  const large: number[] = [];
  for (let id = 1; id < count; id++) if (diskBytes[id] >= least) large.push(id);
  return large
    .toSorted((a, b) => diskBytes[b] - diskBytes[a] || a - b)
    .slice(0, MOST_DIRECTORIES)
    .map((id) => ({ path: tree.path(id), diskBytes: diskBytes[id] }));
}

/** One line of JSON. */
export function summaryText({ directories, ...rest }: Summary): string {
  const named = directories.map(({ path, diskBytes }) =>
    isText(path) ? [toText(path), diskBytes] : [toText(path), diskBytes, toBuffer(path).toString('base64')],
  );
  return `${JSON.stringify({ format: FORMAT, ...rest, directories: named })}\n`;
}

/** Undefined for what is no summary. */
export function parseSummary(text: string): Summary | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (value['format'] !== FORMAT) return undefined;
    const number = (key: string): number => {
      const one = value[key];
      if (typeof one !== 'number' || !Number.isFinite(one)) throw new TypeError(key);
      return one;
    };
    return {
      takenAt: number('takenAt'),
      diskBytes: number('diskBytes'),
      apparentBytes: number('apparentBytes'),
      entries: number('entries'),
      complete: value['complete'] === true,
      isPlain: value['isPlain'] === true,
      filesystem: parseFilesystem(value['filesystem']),
      directories: (value['directories'] as unknown[][]).map(parseDirectory),
    };
  } catch {
    return undefined;
  }
}

function parseDirectory([path, diskBytes, base64]: unknown[]): KeptDirectory {
  if (typeof path !== 'string' || typeof diskBytes !== 'number') throw new TypeError('directories');
  const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : Buffer.from(path);
  return { path: fromBytes(bytes) satisfies ByteString, diskBytes };
}

function parseFilesystem(value: unknown): KeptFilesystem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { mountPoint, totalBytes, usedBytes, availableBytes } = value as Record<string, unknown>;
  if (typeof mountPoint !== 'string') return undefined;
  if (typeof totalBytes !== 'number' || typeof usedBytes !== 'number') return undefined;
  return typeof availableBytes === 'number'
    ? { mountPoint, totalBytes, usedBytes, availableBytes }
    : undefined;
}
