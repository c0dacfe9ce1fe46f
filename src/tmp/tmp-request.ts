/** What `judgeTmp` is asked: everything it may depend on, passed in as data. */
import type { ByteString } from '../model/byte-string.ts';
import type { UnfinishedUnit } from '../model/delete-plan.ts';
import type { SourceName } from '../model/scan-result.ts';
import type { Timestamp } from '../model/tmp-reason.ts';
import type { Anchors } from '../system/directories/anchors.ts';

export interface TmpRequest {
  /** Directories whose entries are judged; none: the temporary directories and the catalogue's caches. */
  readonly roots: readonly ByteString[];
  /** Judge only these entries of the roots, by their real paths; undefined for all. */
  readonly only?: readonly ByteString[] | undefined;
  /** Units unused for at least this long may go; 0 for all, whatever their age. */
  readonly olderMs: number;
  /** Whether a person said so: without, large files that may be somebody's are kept. */
  readonly olderIsExplicit: boolean;
  /** Smaller units are counted, not judged. */
  readonly minBytes: number;
  /** The timestamps that count; the newest of them decides. Not empty. */
  readonly ageBy: readonly Timestamp[];
  /** Patterns of what is kept: of names, or of paths where they have a slash. */
  readonly keep: readonly string[];
  /** Judge what belongs to other users as well; only root can. */
  readonly allUsers: boolean;
  /** As root: judge root's own directories in directories that everybody can write to (CVE-2026-3888). */
  readonly system: boolean;
  /** Where it cannot be told whether a unit is in use, take it as unused. */
  readonly assumeUnused: boolean;
  /** Units that an earlier run had begun to delete when it was killed: their directories' times are its own work. */
  readonly unfinished: Pick<ReadonlyMap<ByteString, UnfinishedUnit>, 'get'>;
  /** Whatever may go is deleted next, and nobody is asked before: what the guard asks the kernel then is not asked twice. */
  readonly isDeletedNext?: boolean | undefined;
  /** Keeps the roots open for the deletion, and follows no link that somebody else could have put there. */
  readonly anchors?: Anchors | undefined;
  /** Who asks (geteuid(2)), and where that user's home is. */
  readonly uid: number;
  readonly home: ByteString | undefined;
  /** Variables that move caches and temporary directories; values in the bytes of the environment. */
  readonly environment: Readonly<Record<string, ByteString | undefined>>;
  readonly platform: 'linux' | 'darwin';
  readonly source: 'auto' | SourceName;
  /** undefined: as many as the work deserves. */
  readonly threads: number | undefined;
  /** The clock, seconds since 1970. */
  readonly nowSeconds: number;
}
