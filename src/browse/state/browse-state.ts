/** Everything the screen shows and the keys act on: values only, each change makes a new state. */
import type { ByteString } from '../../model/byte-string.ts';
import type { UnitOutcome } from '../../model/deletion.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import type { Place, RowDetails } from '../desk/desk.ts';
import type { Listing, Sorting } from '../listing/listing.ts';
import type { Since, Survey } from '../survey/survey.ts';
import type { Figures } from '../trees/trees.ts';

/** A directory above the one that is shown, and where the cursor stood in it. */
export interface Step extends Place {
  readonly name: ByteString | undefined;
}

/** How far the survey of the whole tree is. */
type Progress =
  | { readonly phase: 'scanning' | 'explaining'; readonly entries: number; readonly diskBytes: number }
  | { readonly phase: 'done' };

/** A marked row. */
export interface Mark {
  readonly path: ByteString;
  /** Number in the tree; 0 for what is no directory of it. */
  readonly directory: number;
  readonly diskBytes: number;
  /** Which entry it was when it was shown; 0 where that is not known. */
  readonly inode: number;
}

/** What is to become of a marked row, as it was judged. */
export interface JudgedMark {
  readonly path: ByteString;
  /** Undefined where the directory it lies in is refused as a whole, or it is another entry by now. */
  readonly unit: TmpUnit | undefined;
  /** Why there is none. */
  readonly refusal: string | undefined;
  /** Known to be made again when it is needed. */
  readonly isRegenerable: boolean;
}

/** What became of the marks. */
export interface DeletionTold {
  readonly outcomes: readonly UnitOutcome[];
  readonly freedBytes: number;
  /** Brings back what was moved aside. */
  readonly undo: string | undefined;
}

/** What has the screen, and the keys. */
export type Mode =
  | { readonly at: 'tree' }
  /** Typing what names must hold. */
  | { readonly at: 'filter' }
  | { readonly at: 'why'; readonly cursor: number; readonly top: number }
  /** @param back what it was asked for in. */
  | { readonly at: 'help'; readonly top: number; readonly back: Mode }
  | { readonly at: 'judging'; readonly paths: readonly ByteString[] }
  /** @param forGood even what is not known to be regenerable. */
  | {
      readonly at: 'asking';
      readonly judged: readonly JudgedMark[];
      readonly forGood: boolean;
      readonly top: number;
    }
  | { readonly at: 'deleting'; readonly done: number; readonly of: number }
  | { readonly at: 'told'; readonly told: DeletionTold; readonly top: number };

export interface BrowseState {
  /** The tree comes from a file: nothing of it is on this disk, or it has changed. */
  readonly isRecorded: boolean;
  readonly width: number;
  readonly height: number;
  readonly mode: Mode;
  /** What is shown, or asked for. */
  readonly place: Place;
  /** From the root to the directory above `place`. */
  readonly trail: readonly Step[];
  /** Counts requests for listings: answers to older ones are dropped. */
  readonly serial: number;
  /** Undefined until the desk has answered. */
  readonly listing: Listing | undefined;
  /** Entries read so far of a large directory. */
  readonly reading: number;
  readonly own: Figures;
  /** Bytes by which `place` has grown since the snapshot. */
  readonly growth: number | undefined;
  /** The errno's name where the directory could not be read. */
  readonly trouble: string | undefined;
  readonly sorting: Sorting;
  readonly filter: ByteString;
  /** Rows of the listing as they are shown. */
  readonly order: Uint32Array;
  /** Index into `order`. */
  readonly cursor: number;
  /** The first index on the screen. */
  readonly top: number;
  /** The name to stand at when the listing comes. */
  readonly wanted: ByteString | undefined;
  /** Keys that were typed before the listing came; they are meant for it. */
  readonly typedAhead: readonly string[];
  readonly marks: ReadonlyMap<ByteString, Mark>;
  readonly showsWhy: boolean;
  readonly details: RowDetails | undefined;
  readonly progress: Progress;
  readonly survey: Survey | undefined;
  /** Undefined where growth is not asked for, or the snapshot is still being read. */
  readonly since: Since | undefined;
  /** Directories that are being scanned again. */
  readonly rescanning: readonly ByteString[];
  /** Said once, until the next key. */
  readonly message: string | undefined;
}

/** What the state asks the world to do. */
export type Wish =
  | { readonly wish: 'list'; readonly serial: number; readonly directory: number }
  | { readonly wish: 'details'; readonly path: ByteString }
  | { readonly wish: 'find'; readonly path: ByteString }
  | { readonly wish: 'rescan'; readonly place: Place }
  | { readonly wish: 'judge'; readonly marks: readonly Mark[] }
  | { readonly wish: 'delete'; readonly judged: readonly JudgedMark[]; readonly forGood: boolean }
  | { readonly wish: 'stop' }
  | { readonly wish: 'quit' };

/** A change of the state, and what follows from it. */
export interface Turn {
  readonly state: BrowseState;
  readonly wishes: readonly Wish[];
}

export function still(state: BrowseState): Turn {
  return { state, wishes: [] };
}
