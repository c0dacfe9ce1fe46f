/** What could not be seen of processes, where a finding says that nobody holds something. */
export interface Unseen {
  /** Processes whose files this user may not see. */
  readonly hidden: number;
  /** Processes may be out of sight altogether (another pid namespace, hidepid, no /proc). */
  readonly isBlind: boolean;
}
