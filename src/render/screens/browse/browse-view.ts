/** What the browser's screen is drawn from: only what can be seen, whatever the tree holds. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { Use } from '../../../model/breakdown.ts';
import type { UnitOutcome } from '../../../model/deletion.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Freeable } from '../../../model/free-plan.ts';
import type { HoldKind } from '../../../model/process.ts';
import type { TmpUnit } from '../../../model/tmp-report.ts';
import type { Screen } from '../../terminal/screen.ts';

export interface BrowseScreen extends Screen {
  readonly height: number;
}

export interface BrowseRow {
  readonly name: ByteString;
  /** `outside`: a directory that was not scanned. */
  readonly kind: 'directory' | 'file' | 'symlink' | 'special' | 'outside';
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
  /** Seconds since 1970; -Infinity where nothing was seen. */
  readonly newest: number;
  /** Bytes on disk since the snapshot; undefined or -Infinity where that is not known. */
  readonly growth: number | undefined;
  readonly isIncomplete: boolean;
  readonly isChanged: boolean;
  readonly isMarked: boolean;
  /** What the row itself was found to be; undefined where nothing was found. */
  readonly finding: Finding | undefined;
}

/** What is measured of the directory that is shown, all below it included. */
interface ShownFigures {
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
  readonly isIncomplete: boolean;
  readonly isChanged: boolean;
}

/** Why the row under the cursor is there. */
export interface WhyOfRow {
  readonly row: BrowseRow;
  readonly use: Use;
  /** The finding, and whether it is about the row itself, what is around it, or something in it. */
  readonly found: { readonly finding: Finding; readonly where: 'itself' | 'around' | 'inside' } | undefined;
  /** Further findings in it. */
  readonly moreInside: number;
  /** Undefined until it was looked at. */
  readonly details: DetailsOfRow | undefined;
}

interface DetailsOfRow {
  readonly owner: { readonly uid: number; readonly name: ByteString | undefined } | undefined;
  readonly links: number;
  readonly holders: readonly {
    readonly pid: number;
    readonly name: string;
    readonly unit: string | undefined;
    readonly how: HoldKind;
  }[];
  readonly holderCount: number;
  readonly hidden: number;
}

/** A marked entry as it was judged. */
export interface AskedUnit {
  readonly path: ByteString;
  readonly unit: TmpUnit | undefined;
  readonly refusal: string | undefined;
  /** Moved aside, or deleted for good. */
  readonly isMoved: boolean;
}

/** What lies over the tree. */
export type Overlay =
  | { readonly what: 'help'; readonly top: number }
  | {
      readonly what: 'why';
      readonly cursor: number;
      readonly findings: readonly Finding[];
      readonly freeable: Freeable;
    }
  | { readonly what: 'judging'; readonly count: number }
  | { readonly what: 'asking'; readonly units: readonly AskedUnit[]; readonly top: number }
  | { readonly what: 'deleting'; readonly done: number; readonly of: number }
  | {
      readonly what: 'told';
      readonly outcomes: readonly UnitOutcome[];
      readonly freedBytes: number;
      readonly undo: string | undefined;
      readonly top: number;
    };

export interface BrowseView {
  readonly path: ByteString;
  readonly own: ShownFigures;
  /** The snapshot that growth is measured from; undefined where there is none. */
  readonly since:
    | {
        /** Seconds since 1970. */
        readonly takenAt: number | undefined;
        readonly complete: boolean;
        /** Of the directory that is shown; undefined while it is being read. */
        readonly growth: number | undefined;
      }
    | undefined;
  /** Undefined until the directory was read. */
  readonly rows: readonly BrowseRow[] | undefined;
  /** Rows above the first of `rows`, rows that fit the filter, and all rows. */
  readonly above: number;
  readonly matching: number;
  readonly all: number;
  /** Index into `rows`. */
  readonly cursor: number;
  readonly sorting: {
    readonly by: 'disk' | 'apparent' | 'freeable' | 'count' | 'age' | 'growth' | 'name';
    readonly descending: boolean;
    readonly directoriesFirst: boolean;
  };
  readonly filter: ByteString;
  readonly isTyping: boolean;
  /** Entries read so far of a large directory. */
  readonly reading: number;
  /** The errno's name where the directory could not be read. */
  readonly trouble: string | undefined;
  readonly progress:
    | { readonly phase: 'scanning' | 'explaining'; readonly entries: number; readonly diskBytes: number }
    | { readonly phase: 'done' };
  /** The tree is read from a file. */
  readonly isRecorded: boolean;
  readonly rescanning: boolean;
  /** Undefined until it is known. */
  readonly disk: { readonly totalBytes: number; readonly availableBytes: number } | undefined;
  readonly problems: number;
  readonly marks: { readonly count: number; readonly diskBytes: number };
  readonly message: string | undefined;
  /** Undefined where there is no row. */
  readonly why: WhyOfRow | undefined;
  readonly showsWhy: boolean;
  readonly nowSeconds: number;
  readonly overlay: Overlay | undefined;
}
