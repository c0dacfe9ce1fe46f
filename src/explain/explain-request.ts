/** What is to be explained, for whom, and how much of it is shown. */
import type { ByteString } from '../model/byte-string.ts';
import type { KeptSnapshot } from '../model/kept-snapshot.ts';
import type { SourceName } from '../model/scan-result.ts';

export interface ExplainRequest {
  /** As named: absolute, or from the working directory. */
  readonly paths: readonly ByteString[];
  /** Who asks: root sees everything. */
  readonly uid: number;
  /** The pids of each program by name; this machine's where it is left out. */
  readonly runningPrograms?: () => ReadonlyMap<string, readonly number[]>;
  /** Says where caches and stores of programs are. */
  readonly environment: Readonly<Record<string, ByteString | undefined>>;
  /** The last snapshot that is kept of the tree at a root; left out where nobody looks. */
  readonly keptBefore?: (root: ByteString) => Promise<KeptSnapshot | undefined>;
  /** Explain the whole filesystems the paths lie on. */
  readonly wholeFilesystems: boolean;
  readonly source: 'auto' | SourceName;
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  /** Count by package and by user. */
  readonly owners?: boolean;
  /** What filesystems tell of their parts (subvolumes, compression) is shown: asking takes up to some seconds. */
  readonly details?: boolean;
  /** Rank by apparent size. */
  readonly apparent: boolean;
  readonly depth: number;
  /** Rows per list; Infinity for all. */
  readonly top: number;
  /** Smaller ones are left out of trees. */
  readonly minBytes: number;
  /** As are those below this share of their root. */
  readonly minShare: number;
}
