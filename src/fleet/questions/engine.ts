/** What an engine does for a question: takes records in, and answers SQL over them. */
import type { FleetValue } from '../../model/fleet-answer.ts';
import type { FoundRecord } from './chosen.ts';

export interface EngineRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly FleetValue[])[];
}

export interface Engine extends AsyncDisposable {
  /**
   * Makes the table `loaded` of these records: the columns of a record, `day`, `host`, and `file_number`, their index.
   * Returns the numbers of those that it could not read.
   */
  readonly load: (records: readonly FoundRecord[]) => Promise<readonly number[]>;
  /** Makes the table `records` of what was loaded but for these, and `asked` of the time. */
  readonly accept: (refused: readonly number[], untilSeconds: number) => Promise<void>;
  /** Throws UsageError where the SQL is at fault. */
  readonly query: (sql: string) => Promise<EngineRows>;
}
