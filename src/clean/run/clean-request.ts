/** What a run over a plan is asked, and how it tells of itself. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DeletePlan } from '../../model/delete-plan.ts';
import type { Deleter } from '../guard/guard-context.ts';
import type { Journal } from '../journal/journal.ts';

export interface CleanRequest extends Deleter {
  readonly plan: DeletePlan;
  /** Everything but the last step. */
  readonly dryRun: boolean;
  /** Move aside instead of deleting. */
  readonly quarantine: boolean;
  /** Names the run; part of file names. */
  readonly run: string;
  readonly journal: Journal | undefined;
  /** Names in a unit from which on a second thread helps; 10,000 unless said: it takes some 80 ms to start. */
  readonly helpFrom?: number | undefined;
}

export interface CleanProgress {
  /** Units done with. */
  readonly units: number;
  readonly removedEntries: number;
  readonly freedBytes: number;
  readonly path: ByteString;
}

export interface CleanHooks {
  /** Ends the run after the current unlink; what is left is `skipped`. */
  readonly signal?: AbortSignal;
  readonly wantsProgress?: () => boolean;
  readonly onProgress?: (progress: CleanProgress) => void;
}
