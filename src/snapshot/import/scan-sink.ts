/** What a snapshot's file says, added up as a scan would have: the same tree, totals and largest files. */
import { fromBytes } from '../../model/byte-string.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { RecordedScan, emptyEntryStat } from '../../scan/scan.ts';
import type { RecordedScanOptions } from '../../scan/scan.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import type { EntrySink, ReadEntry, SnapshotHead } from './read-entry.ts';

export class ScanSink implements EntrySink {
  readonly #options: RecordedScanOptions;
  readonly #stat = emptyEntryStat();
  #scan: RecordedScan | undefined;
  #levels = 0;
  head: SnapshotHead | undefined;

  /** @param options its time is taken where the file has none. */
  constructor(options: RecordedScanOptions) {
    this.#options = options;
  }

  begin(head: SnapshotHead): void {
    this.head = head;
    const nowSeconds = head.writtenAt ?? this.#options.nowSeconds;
    this.#scan = new RecordedScan({ ...this.#options, nowSeconds });
  }

  openDirectory(entry: ReadEntry): void {
    const { bytes, nameStart, nameEnd, mtime } = entry;
    const blocks = entry.diskBytes / BLOCK_BYTES;
    if (this.#levels++ === 0) this.#scan!.openRoot(fromBytes(bytes, nameStart, nameEnd), blocks, mtime);
    else this.#scan!.openDirectory(blocks, mtime, bytes, nameStart, nameEnd);
    if (entry.isUnread) this.#scan!.addUnread(undefined);
  }

  closeDirectory(): void {
    this.#levels--;
    this.#scan!.closeDirectory();
  }

  addEntry(entry: ReadEntry): void {
    const { bytes, nameStart, nameEnd, leftOut } = entry;
    if (leftOut !== undefined) {
      if (leftOut === 'pattern') this.#scan!.addExcluded();
      return;
    }
    if (entry.isUnread) {
      this.#scan!.addUnread(fromBytes(bytes, nameStart, nameEnd));
      return;
    }
    if (entry.isCountedElsewhere) return;
    const stat = this.#stat;
    stat.mode = modeOf(entry);
    stat.links = entry.links;
    stat.uid = Math.max(0, entry.uid);
    stat.blocks = entry.diskBytes / BLOCK_BYTES;
    stat.size = entry.apparentBytes;
    stat.mtime = entry.mtime;
    stat.device = entry.device;
    stat.inodeLow = entry.inodeLow;
    stat.inodeHigh = entry.inodeHigh;
    this.#scan!.addEntry(stat, bytes, nameStart, nameEnd);
  }

  /** Once the file was read to its end. @param seconds it took. */
  result(seconds: number): ScanResult {
    return this.#scan!.finish(seconds);
  }
}

/** Where the file does not say what it is: of all that is not regular, only symbolic links have a size. */
function modeOf({ mode, isRegular, apparentBytes }: ReadEntry): number {
  const isDirectory = (mode & FILE_TYPE.mask) === FILE_TYPE.directory;
  if (mode >= 0 && (mode & FILE_TYPE.mask) !== 0 && !isDirectory) return mode;
  if (isRegular) return FILE_TYPE.regular;
  return apparentBytes > 0 ? FILE_TYPE.symlink : FILE_TYPE.fifo;
}
