/** Trouble that a thread met: all of it counted, the first of it listed. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Operation } from '../../model/problem.ts';
import type { ProblemRow } from './tally-rows.ts';

/** Problems listed per thread; beyond that they are only counted. */
const MOST_PROBLEMS = 10_000;

export class ProblemTally {
  readonly rows: ProblemRow[] = [];
  count = 0;

  add(directory: number, name: ByteString | undefined, operation: Operation, code: string): void {
    this.count++;
    if (this.rows.length < MOST_PROBLEMS) this.rows.push({ directory, name, operation, code });
  }
}
