/** The ledger of a filesystem: accounts that add up to what is used, to the byte. */
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';
import type { KernelHolder, LedgerNote, LedgerPart } from './ledger-note.ts';
import type { ProcessIdentity } from './process.ts';

/**
 * `walked` visible files · `deleted-open` unlinked, still held · `hidden-under-mounts` covered by a mount ·
 * `filesystem-metadata` the filesystem's own · `unreadable` directories whose bytes are unknown · `interrupted` what the
 * walk did not come to · `excluded` what it was told to leave out. The rest is one account: `elsewhere` where only a part
 * of the filesystem was walked, `unseen` where an account before it could not be filled in, so that nobody can tell its
 * bytes from unexplained ones, else `unexplained`.
 */
export type AccountName =
  | 'walked'
  | 'deleted-open'
  | 'hidden-under-mounts'
  | 'filesystem-metadata'
  | 'unreadable'
  | 'interrupted'
  | 'excluded'
  | 'elsewhere'
  | 'unseen'
  | 'unexplained';

export interface Account {
  readonly account: AccountName;
  /**
   * Undefined where nothing of it was seen and there may be some. Negative only for the rest: files counted twice by
   * sharing extents, or deleted while the scan ran.
   */
  readonly bytes: number | undefined;
  /** False where something could not be seen, so that there may be more; `note` says what. */
  readonly complete: boolean;
  /** Where the number alone would mislead. */
  readonly note: LedgerNote | undefined;
  readonly detail: readonly AccountDetail[];
}

/** A part of an account, the largest first. */
export interface AccountDetail {
  readonly path: ByteString | undefined;
  /** Undefined where nobody can tell. */
  readonly bytes: number | undefined;
  /** What it is, where path and holders do not say it. */
  readonly part: LedgerPart | undefined;
  readonly holders: readonly FileHolder[];
}

/** A process that keeps a deleted file alive, and how. */
export interface FileHolder {
  readonly process: ProcessIdentity;
  readonly descriptors: readonly number[];
  readonly mapped: boolean;
}

/** A file without a name that still takes space. */
export interface DeletedFile {
  readonly id: FileId;
  /** The name it had, as its holder saw it. */
  readonly path: ByteString | undefined;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
  readonly holders: readonly FileHolder[];
}

/** An inode without a name that a filesystem lists, because somebody still holds it. */
export interface Orphan {
  readonly inode: number;
  readonly diskBytes: number;
  readonly apparentBytes: number;
}

/** A file without a name that no process is seen to hold. */
export interface KernelHeldFile {
  readonly id: FileId;
  readonly diskBytes: number;
  /** The name it had, where its holder remembers it. */
  readonly path: ByteString | undefined;
  /** Undefined where nobody says who holds it. */
  readonly holder: KernelHolder | undefined;
}

/** What lies under a mount point, out of sight. */
export interface HiddenTree {
  readonly mountPoint: ByteString;
  /** What is mounted over it. */
  readonly coveredBy: { readonly type: string; readonly source: ByteString };
  readonly diskBytes: number;
  readonly entries: number;
  /** False where something below could not be read. */
  readonly complete: boolean;
  /** The largest directories and files in it, as they would be called without the mount. */
  readonly largest: readonly { readonly path: ByteString; readonly diskBytes: number }[];
}

export interface Ledger {
  /** `path` where only a part of the filesystem was walked. */
  readonly scope: 'filesystem' | 'path';
  readonly accounts: readonly Account[];
}

const RESTS: ReadonlySet<AccountName> = new Set(['elsewhere', 'unseen', 'unexplained']);

/** What no other account has: the bytes that are left of those in use. */
export function restOf({ accounts }: Ledger): number {
  return accounts.find(({ account }) => RESTS.has(account))?.bytes ?? 0;
}
