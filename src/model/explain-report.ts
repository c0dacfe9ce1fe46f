/** Everything `diskwhy [path…]` found out: what the terminal report and the JSON are both made from. */
import type { ByteString } from './byte-string.ts';
import type { Filesystem } from './filesystem.ts';
import type { Finding } from './finding.ts';
import type { Freeable } from './free-plan.ts';
import type { Ledger } from './ledger.ts';
import type { FilesystemKind } from './mount.ts';
import type { Owners } from './owners.ts';
import type { RootResult, ScanResult } from './scan-result.ts';
import type { TreeNode } from './tree-node.ts';

/** A mount below a root. */
export interface MountRow {
  readonly path: ByteString;
  readonly type: string;
  readonly kind: FilesystemKind;
  /** Undefined where it was not asked: a network filesystem or an automount may hang. */
  readonly usedBytes: number | undefined;
  readonly totalBytes: number | undefined;
  /** Whether its content is part of the root's totals (`--cross-mounts`). */
  readonly counted: boolean;
}

export interface ExplainRoot extends RootResult {
  readonly mountPoint: ByteString | undefined;
  readonly tree: TreeNode;
  readonly mounts: readonly MountRow[];
  /** Undefined where nobody asked (`--owners`). */
  readonly owners: Owners | undefined;
}

/** A path that was named but lies inside another one. */
interface ContainedPath {
  readonly path: ByteString;
  readonly countedIn: ByteString;
}

/** How much the findings explain: of what the filesystems use, or of what lies in the named paths. */
interface Explained {
  readonly scope: Ledger['scope'];
  readonly bytes: number;
  readonly ofBytes: number;
}

/** What a report was made from instead of the machine itself. */
export interface RecordedFrom {
  /** The file; "-" for standard input. */
  readonly path: ByteString;
  /** What wrote it; empty where it does not say. */
  readonly program: string;
  /** Seconds since 1970. */
  readonly writtenAt: number;
}

export interface ExplainReport {
  /** Seconds since 1970. */
  readonly generatedAt: number;
  /** Set where the tree was written down before: then nothing here is about this machine. */
  readonly from?: RecordedFrom | undefined;
  readonly scan: ScanResult;
  /** False where something could not be read, or a whole filesystem's ledger not be filled in. */
  readonly complete: boolean;
  readonly roots: readonly ExplainRoot[];
  readonly contained: readonly ContainedPath[];
  readonly filesystems: readonly Filesystem[];
  /** By the bytes each explains, the most first. */
  readonly findings: readonly Finding[];
  readonly explained: Explained;
  readonly freeable: Freeable;
}
