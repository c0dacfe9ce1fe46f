/** What `diskwhy snapshot` says once the file is there. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { ScanResult } from '../../../model/scan-result.ts';
import { displayName } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatCount, formatSize } from '../../terminal/size.ts';
import { problemLines } from '../explain/problems.ts';

/** @param fileBytes how long the file is. */
export function snapshotLines(
  scan: ScanResult,
  file: ByteString,
  fileBytes: number,
  screen: Screen,
): string[] {
  const [{ path, totals }] = scan.roots;
  const size = (bytes: number): string => formatSize(bytes, screen.sizes);
  return [
    `${displayName(path)}: ${formatCount(totals.entries)} entries, ${size(totals.diskBytes)}, in ${displayName(file)} (${size(fileBytes)})`,
    ...problemLines(scan, screen),
  ];
}

/** What is said of a snapshot that is kept. */
export function keptLines(
  {
    scan,
    file,
    writtenBytes,
    removed,
  }: {
    readonly scan: ScanResult;
    readonly file: ByteString;
    readonly writtenBytes: number;
    readonly removed: number;
  },
  screen: Screen,
): string[] {
  const gone = removed === 0 ? [] : [`${formatCount(removed)} older had their time and went`];
  return [...snapshotLines(scan, file, writtenBytes, screen), ...gone];
}
