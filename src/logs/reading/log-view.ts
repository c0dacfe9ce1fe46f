/** What a verdict is built on: all of a log, or the part of it that one program wrote. */
import type { Template } from '../patterns/template.ts';

export interface LogView {
  readonly templates: readonly Template[];
  /** The templates' serials in the order of the last records, oldest first. */
  readonly sequence: Int32Array;
  readonly lines: number;
  /** The same with repeat markers weighed in: what shares are shares of. */
  readonly weight: number;
  /** Lines with what is joined to them counted once. */
  readonly records: number;
  /** Seconds from its first to its last time, null without times. */
  readonly spanSeconds: number | null;
}
