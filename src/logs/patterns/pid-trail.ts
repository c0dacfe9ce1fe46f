/** The process ids one template was written by: does each come once and never again (lives), or do a few alternate? */

const remembered = 16;

export class PidTrail {
  /** Occurrences that carried a pid. */
  seen = 0;
  /** Pids that were not among the last few: with restarts, one per life. */
  fresh = 0;
  #recent: Int32Array | null = null;
  #next = 0;
  #last = 0;

  /** The latest; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  add(pid: number): void {
    this.seen++;
    if (pid === this.#last) return;
    this.#last = pid;
    this.#recent ??= new Int32Array(remembered);
    if (this.#recent.includes(pid)) return;
    this.fresh++;
    this.#recent[this.#next] = pid;
    this.#next = (this.#next + 1) % remembered;
  }
}
