/** The least harmful way to get some bytes back: steps from all findings, in the order in which to take them. */
import type { Remedy, Risk } from './action.ts';
import type { ByteString } from './byte-string.ts';
import type { Finding } from './finding.ts';

/** One finding's best action. */
export interface PlannedStep {
  readonly finding: Finding;
  readonly remedy: Remedy;
  /** What it gives for sure, and whether there may be more. */
  readonly bytes: number;
  readonly certainty: 'exact' | 'at-least' | 'unknown';
  /** Of what lies there and of what is done, the riskier; never `never`. */
  readonly risk: Risk;
}

/** What stands in the way of more, for a person to decide. */
export interface FreeDecision {
  readonly finding: Finding;
  /**
   * `never`: a program's own data, only its owner can say. `blanks`: its command needs a choice. `no-remedy`: nothing
   * that may be done by command. `missing-tool`: its program is not on this machine. `unknown-bytes`: its owner gives
   * back what it finds unused.
   */
  readonly why: 'never' | 'blanks' | 'no-remedy' | 'missing-tool' | 'unknown-bytes';
}

export interface FreePlan {
  readonly mountPoint: ByteString;
  readonly wantedBytes: number;
  /** Free for everybody now. */
  readonly availableBytes: number;
  /** Enough for what is wanted, and no step more. */
  readonly steps: readonly PlannedStep[];
  /** Further steps that would give more. */
  readonly spare: readonly PlannedStep[];
  /** The sum of the steps, certain bytes only; of those with risk `safe`. */
  readonly plannedBytes: number;
  readonly safeBytes: number;
  readonly isEnough: boolean;
  /** Largest first. */
  readonly decisions: readonly FreeDecision[];
}

/** What the findings' commands give back together, by what has to come before them. */
export interface Freeable {
  /** Now, without hurting anything. */
  readonly safeBytes: number;
  /** After a person has looked. */
  readonly reviewBytes: number;
  /** How many commands that takes. */
  readonly safeCommands: number;
  readonly reviewCommands: number;
  /** Further commands that can be run as they stand; how much they give only their programs can tell. */
  readonly openCommands: number;
  /** False where some of it is at least that much. */
  readonly isExact: boolean;
}
