/** What an engine does for a question: takes records in, and answers SQL over them. */
import type { FleetValue } from '../../model/fleet-answer.ts';
import type { RecordColumn } from '../record/record.ts';
import type { FoundRecord } from './chosen.ts';
import type { ObjectStore } from './object-store.ts';

export interface EngineRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly FleetValue[])[];
}

/** What of the records a question reads: the rest is neither opened nor kept, and null where it is a column. */
export interface Needed {
  readonly columns: ReadonlySet<RecordColumn>;
  /** Kinds of rows; undefined for all. */
  readonly kinds: readonly string[] | undefined;
}

/** A record of a host has some hundred rows; what has more was made to be in the way. */
export const MOST_ROWS = 10_000;

export interface Engine extends AsyncDisposable {
  /** What the engine reads by itself where records are no files. */
  readonly store: ObjectStore;
  /**
   * Makes the table `loaded` of these records: the columns of a record, `day`, `host`, and `file_number`, their index.
   * Returns the numbers of those that it could not read.
   */
  readonly load: (records: readonly FoundRecord[], needed: Needed) => Promise<readonly number[]>;
  /** Makes the table `records` of what was loaded but for these, and `asked` of the time. */
  readonly accept: (refused: readonly number[], untilSeconds: number) => Promise<void>;
  /** Throws UsageError where the SQL is at fault. */
  readonly query: (sql: string) => Promise<EngineRows>;
}
