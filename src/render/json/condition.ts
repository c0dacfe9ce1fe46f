/** A condition that was asked for (`--fail-if`, `--warn-if`), and what was found: the same in every JSON that has some. */

export interface ConditionJson {
  /** As it was written. */
  readonly condition: string;
  readonly subject: 'used' | 'inodes' | 'full' | 'growth' | 'finding' | 'unexplained';
  readonly level: 'fail' | 'warn';
  readonly state: 'holds' | 'clear' | 'unknown';
  readonly limit: number;
  readonly limitText: string;
  /** Of `limit` and `value`. */
  readonly unit: 'percent' | 'bytes' | 'bytesPerSecond' | 'seconds';
  /** What was measured: a mount point, or a finding. */
  readonly of: string | null;
  /** Null where it is not known, or will never be. */
  readonly value: number | null;
}

/** What `watch` says of a condition when it ends. */
export interface ConditionEvent {
  readonly type: 'condition';
  /** In seconds since 1970. */
  readonly at: number;
  readonly judged: ConditionJson;
}
