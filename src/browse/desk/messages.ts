/** What the desk is asked, and what it answers: plain data between threads. */
import type { ByteString } from '../../model/byte-string.ts';
import type { HoldKind } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import type { TreeColumns, TreeRoot } from '../../model/tree.ts';
import type { Listing } from '../listing/listing.ts';
import type { Figures } from '../trees/trees.ts';

/** Figures of what is not on the disk any more. */
export type Freed = Pick<Figures, 'diskBytes' | 'apparentBytes' | 'freeableBytes' | 'entries'>;

/** A file that was written down with its tree. */
export type RecordedFile = Omit<RankedFile, 'path'>;

/** A tree as it is sent: its columns are handed over. */
export interface SentTree {
  readonly columns: TreeColumns;
  readonly root: TreeRoot;
}

export type Question =
  /** A scan has begun that fills a LiveTable. */
  | { readonly ask: 'live'; readonly memory: SharedArrayBuffer; readonly root: TreeRoot }
  /** The scan has ended. @param recorded files, where the tree comes from a file and nothing is read from the disk. */
  | ({ readonly ask: 'tree'; readonly recorded?: readonly RecordedFile[] | undefined } & SentTree)
  /** A snapshot of the tree that growth is measured from. @param recorded its largest files, or all that it has. */
  | ({
      readonly ask: 'before';
      readonly recorded: readonly RecordedFile[];
      readonly hasAllFiles: boolean;
    } & SentTree)
  /** A directory was scanned again. */
  | ({ readonly ask: 'graft'; readonly directory: number } & SentTree)
  /** An entry of a directory was deleted. */
  | { readonly ask: 'removed'; readonly path: ByteString; readonly freed: Freed }
  /** What is in a directory; told again whenever its figures change, until another one is asked for. */
  | { readonly ask: 'list'; readonly serial: number; readonly directory: number }
  | { readonly ask: 'details'; readonly path: ByteString }
  /** Where a path is in the tree, or the nearest directory above it. */
  | { readonly ask: 'find'; readonly path: ByteString };

/** A directory of the tree. */
export interface Place {
  readonly directory: number;
  readonly path: ByteString;
}

/** A process that holds an entry or something in it. */
export interface RowHolder {
  readonly pid: number;
  readonly name: string;
  readonly unit: string | undefined;
  readonly how: HoldKind;
}

/** What one look at an entry tells, and who holds it. */
export interface RowDetails {
  readonly path: ByteString;
  /** Undefined where it cannot be looked at. */
  readonly owner: { readonly uid: number; readonly name: ByteString | undefined } | undefined;
  readonly links: number;
  /** The first few. */
  readonly holders: readonly RowHolder[];
  readonly holderCount: number;
  /** Processes whose files could not be seen. */
  readonly hidden: number;
}

export type Answer =
  | {
      readonly tell: 'listing';
      readonly serial: number;
      readonly place: Place;
      readonly own: Figures;
      readonly listing: Listing;
      /** Bytes by which the directory has grown since the snapshot; undefined without one, or while it is still read. */
      readonly growth: number | undefined;
      /** The errno's name where it could not be read. */
      readonly trouble: string | undefined;
    }
  /** So many entries of a large directory were read. */
  | { readonly tell: 'reading'; readonly serial: number; readonly entries: number }
  | ({ readonly tell: 'details' } & { readonly details: RowDetails })
  /** From the root down, and the name to stand at in the last of them. */
  | { readonly tell: 'found'; readonly trail: readonly Place[]; readonly name: ByteString | undefined };
